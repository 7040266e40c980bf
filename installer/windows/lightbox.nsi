; The Windows installer: for one user without administrator rights (the default), or for all users of the machine.
;
;   lightbox-VERSION-windows-setup.exe                          asks
;   … /S                                                        silent, for this user
;   … /S /ALLUSERS                                              silent, for everybody (needs elevation)
;   … /S /D=C:\Some Folder                                      silent, into this folder (last, without quotes)
;   "%LOCALAPPDATA%\Programs\Lightbox\uninstall.exe" /S         silent removal; the user's data stay
;
; Exit codes: 0 done, 1 cancelled, 2 failed (with a line in %TEMP%\lightbox-setup.log).

Unicode true
SetCompressor /SOLID lzma
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Lightbox"

!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_INSTALLMODE_INSTDIR "Lightbox"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_USE_PROGRAMFILES64
!include MultiUser.nsh
!include MUI2.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include LogicLib.nsh

Name "Lightbox"
OutFile "${OUT}"
BrandingText "Lightbox ${VERSION}"
ShowInstDetails nevershow
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING

!insertmacro MUI_PAGE_LICENSE "${LICENSE}"
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\lightbox.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1033 "ProductName" "Lightbox"
VIAddVersionKey /LANG=1033 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "FileDescription" "Lightbox installer"
VIAddVersionKey /LANG=1033 "LegalCopyright" "Lightbox developers, Apache-2.0"

LangString RUNNING 1033 "Lightbox is running. Close it, then try again."
LangString RUNNING 1031 "Lightbox läuft. Bitte beenden Sie es und versuchen Sie es noch einmal."
LangString NEWER 1033 "A newer Lightbox is installed already. Install the older one all the same?"
LangString NEWER 1031 "Eine neuere Version von Lightbox ist schon installiert. Trotzdem die ältere installieren?"

; A running program holds its own file open for writing by others.
!macro STOP_IF_RUNNING
  ${If} ${FileExists} "$INSTDIR\lightbox.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\lightbox.exe" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Function .onInit
  !insertmacro MULTIUSER_INIT
  ${GetParameters} $R0
  ${GetOptions} $R0 "/ALLUSERS" $R1
  ${IfNot} ${Errors}
    Call MultiUser.InstallMode.AllUsers
  ${EndIf}
FunctionEnd

Function un.onInit
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

Section "Lightbox"
  !insertmacro STOP_IF_RUNNING
  ReadRegStr $R2 SHCTX "${KEY}" "DisplayVersion"
  ${If} $R2 != ""
    ${VersionCompare} "$R2" "${VERSION}" $R3
    ${If} $R3 == 1
      MessageBox MB_YESNO|MB_ICONQUESTION "$(NEWER)" /SD IDNO IDYES older
      SetErrorLevel 2
      Quit
      older:
    ${EndIf}
  ${EndIf}
  ; Files of an older version must not stay among the new ones: the folder is made anew.
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  SetOutPath "$INSTDIR"
  File /r "${PROGRAM}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Lightbox.lnk" "$INSTDIR\lightbox.exe"

  WriteRegStr SHCTX "${KEY}" "DisplayName" "Lightbox"
  WriteRegStr SHCTX "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${KEY}" "Publisher" "Lightbox developers"
  WriteRegStr SHCTX "${KEY}" "DisplayIcon" "$INSTDIR\lightbox.exe"
  WriteRegStr SHCTX "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD SHCTX "${KEY}" "EstimatedSize" "$0"

  WriteRegStr SHCTX "Software\Classes\lightbox" "" "URL:Lightbox study"
  WriteRegStr SHCTX "Software\Classes\lightbox" "URL Protocol" ""
  WriteRegStr SHCTX "Software\Classes\lightbox\shell\open\command" "" '"$INSTDIR\lightbox.exe" "%1"'
  ; Offered for .dcm files; the system's own choice for them is left as it is.
  WriteRegStr SHCTX "Software\Classes\Lightbox.DICOM" "" "DICOM file"
  WriteRegStr SHCTX "Software\Classes\Lightbox.DICOM\DefaultIcon" "" "$INSTDIR\lightbox.exe,0"
  WriteRegStr SHCTX "Software\Classes\Lightbox.DICOM\shell\open\command" "" '"$INSTDIR\lightbox.exe" "%1"'
  WriteRegStr SHCTX "Software\Classes\.dcm\OpenWithProgids" "Lightbox.DICOM" ""
SectionEnd

Section "Uninstall"
  !insertmacro STOP_IF_RUNNING
  Delete "$SMPROGRAMS\Lightbox.lnk"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\lightbox.exe"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\lightbox.cdx.json"
  Delete "$INSTDIR\FILES.sha256"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey SHCTX "${KEY}"
  DeleteRegKey SHCTX "Software\Classes\lightbox"
  DeleteRegKey SHCTX "Software\Classes\Lightbox.DICOM"
  DeleteRegValue SHCTX "Software\Classes\.dcm\OpenWithProgids" "Lightbox.DICOM"
SectionEnd
