<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>About</name>
    <message>
        <source>A DICOM workstation for the desktop that speaks DICOMweb.</source>
        <translation>Eine DICOM-Workstation für den Schreibtisch, die DICOMweb spricht.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the versions, for a report of a problem</source>
        <translation>Die Versionen kopieren, um ein Problem zu melden</translation>
    </message>
    <message>
        <source>Every part that is inside, with its version and its licence</source>
        <translation>Jeder enthaltene Bestandteil mit Version und Lizenz</translation>
    </message>
    <message>
        <source>It uses Qt {qt} and PySide6 under the GNU LGPL, version 3. You may exchange Qt&apos;s libraries for your own build; “Licences” says how.</source>
        <translation>Es verwendet Qt {qt} und PySide6 unter der GNU LGPL, Version 3. Sie dürfen die Bibliotheken von Qt gegen selbst gebaute tauschen; unter „Lizenzen“ steht, wie.</translation>
    </message>
    <message>
        <source>Licences…</source>
        <translation>Lizenzen…</translation>
    </message>
    <message>
        <source>Lightbox %s</source>
        <translation>Lightbox %s</translation>
    </message>
    <message>
        <source>Open source under the Apache License 2.0. With the typeface Inter (SIL Open Font License) and icons of Lucide (ISC).</source>
        <translation>Open Source unter der Apache License 2.0. Mit der Schrift Inter (SIL Open Font License) und Symbolen von Lucide (ISC).</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>3D cursor</source>
        <translation>3D-Cursor</translation>
    </message>
    <message>
        <source>3D cursor: every viewport goes to the place under the pointer</source>
        <translation>3D-Cursor: jede Ansicht geht zur Stelle unter dem Zeiger</translation>
    </message>
    <message>
        <source>About Lightbox</source>
        <translation>Über Lightbox</translation>
    </message>
    <message>
        <source>Add a DICOM store of Google Cloud…</source>
        <translation>DICOM-Speicher von Google Cloud hinzufügen…</translation>
    </message>
    <message>
        <source>Add an archive…</source>
        <translation>Archiv hinzufügen…</translation>
    </message>
    <message>
        <source>Add archive</source>
        <translation>Archiv hinzufügen</translation>
    </message>
    <message>
        <source>Add the picture or the files on the clipboard to the study</source>
        <translation>Bild oder Dateien der Zwischenablage zur Studie hinzufügen</translation>
    </message>
    <message>
        <source>All archives</source>
        <translation>Alle Archive</translation>
    </message>
    <message>
        <source>All attributes (tags) of the image</source>
        <translation>Alle Attribute (Tags) des Bildes</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>Alle Befehle</translation>
    </message>
    <message>
        <source>Alone</source>
        <translation>Allein</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <source>Angle: drag the first leg, then click the end of the second</source>
        <translation>Winkel: ersten Schenkel ziehen, dann das Ende des zweiten anklicken</translation>
    </message>
    <message>
        <source>Another unit of the values: SUV, Bq/ml, real-world values</source>
        <translation>Andere Einheit der Werte: SUV, Bq/ml, reale Werte</translation>
    </message>
    <message>
        <source>Arrow</source>
        <translation>Pfeil</translation>
    </message>
    <message>
        <source>Arrow: drag from its tip</source>
        <translation>Pfeil: von der Spitze aus ziehen</translation>
    </message>
    <message>
        <source>Ask the archive again</source>
        <translation>Archiv erneut abfragen</translation>
    </message>
    <message>
        <source>Auto window: the full range of the image</source>
        <translation>Automatisches Fenster: voller Wertebereich des Bildes</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>Achsen</translation>
    </message>
    <message>
        <source>CT abdomen 400/50</source>
        <translation>CT Abdomen 400/50</translation>
    </message>
    <message>
        <source>CT angio 600/300</source>
        <translation>CT Angio 600/300</translation>
    </message>
    <message>
        <source>CT bone 2000/500</source>
        <translation>CT Knochen 2000/500</translation>
    </message>
    <message>
        <source>CT brain 80/40</source>
        <translation>CT Gehirn 80/40</translation>
    </message>
    <message>
        <source>CT liver 150/90</source>
        <translation>CT Leber 150/90</translation>
    </message>
    <message>
        <source>CT lung 1500/−600</source>
        <translation>CT Lunge 1500/−600</translation>
    </message>
    <message>
        <source>CT mediastinum 400/40</source>
        <translation>CT Mediastinum 400/40</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>Kalibrieren</translation>
    </message>
    <message>
        <source>Calibrate: drag over something of known length, then type the length</source>
        <translation>Kalibrieren: über etwas von bekannter Länge ziehen, dann die Länge eingeben</translation>
    </message>
    <message>
        <source>Cancel, leave full screen, then reset the view</source>
        <translation>Abbrechen, Vollbild verlassen, dann Ansicht zurücksetzen</translation>
    </message>
    <message>
        <source>Change keys and mouse buttons…</source>
        <translation>Tasten und Maustasten ändern…</translation>
    </message>
    <message>
        <source>Choose a layout from a grid</source>
        <translation>Layout aus einem Raster wählen</translation>
    </message>
    <message>
        <source>Cine</source>
        <translation>Cine</translation>
    </message>
    <message>
        <source>Close the study</source>
        <translation>Studie schließen</translation>
    </message>
    <message>
        <source>Cobb</source>
        <translation>Cobb</translation>
    </message>
    <message>
        <source>Cobb angle: drag along one end plate, then along the other</source>
        <translation>Cobb-Winkel: entlang der einen Deckplatte ziehen, dann entlang der anderen</translation>
    </message>
    <message>
        <source>Colour map: PET</source>
        <translation>Farbtabelle: PET</translation>
    </message>
    <message>
        <source>Colour map: PET in 20 steps</source>
        <translation>Farbtabelle: PET in 20 Stufen</translation>
    </message>
    <message>
        <source>Colour map: grey</source>
        <translation>Farbtabelle: Grau</translation>
    </message>
    <message>
        <source>Colour map: hot iron</source>
        <translation>Farbtabelle: Hot Iron</translation>
    </message>
    <message>
        <source>Colour map: hot metal blue</source>
        <translation>Farbtabelle: Hot Metal Blue</translation>
    </message>
    <message>
        <source>Colour map: rainbow</source>
        <translation>Farbtabelle: Regenbogen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy all results as a table (CSV)</source>
        <translation>Alle Ergebnisse als Tabelle (CSV) kopieren</translation>
    </message>
    <message>
        <source>Copy all results as text</source>
        <translation>Alle Ergebnisse als Text kopieren</translation>
    </message>
    <message>
        <source>Copy as CXR link (HAI-DEF)</source>
        <translation>Als CXR-Link kopieren (HAI-DEF)</translation>
    </message>
    <message>
        <source>Copy as Path request (HAI-DEF)</source>
        <translation>Als Path-Anfrage kopieren (HAI-DEF)</translation>
    </message>
    <message>
        <source>Copy the DICOMweb link of the shown frame</source>
        <translation>DICOMweb-Link des gezeigten Frames kopieren</translation>
    </message>
    <message>
        <source>Copy the DICOMweb link of the shown image</source>
        <translation>DICOMweb-Link des gezeigten Bildes kopieren</translation>
    </message>
    <message>
        <source>Copy the DICOMweb link of the shown series</source>
        <translation>DICOMweb-Link der gezeigten Serie kopieren</translation>
    </message>
    <message>
        <source>Copy the DICOMweb link of the study</source>
        <translation>DICOMweb-Link der Studie kopieren</translation>
    </message>
    <message>
        <source>Copy the selected drawing to a range of images…</source>
        <translation>Gewählte Zeichnung in einen Bereich von Bildern kopieren…</translation>
    </message>
    <message>
        <source>Copy the selected drawing to the next image</source>
        <translation>Gewählte Zeichnung ins nächste Bild kopieren</translation>
    </message>
    <message>
        <source>Copy the selected drawing to the previous image</source>
        <translation>Gewählte Zeichnung ins vorige Bild kopieren</translation>
    </message>
    <message>
        <source>Copy the view as a picture</source>
        <translation>Ansicht als Bild kopieren</translation>
    </message>
    <message>
        <source>Corner texts: all, without names, none</source>
        <translation>Ecktexte: alle, ohne Namen, keine</translation>
    </message>
    <message>
        <source>Delete study</source>
        <translation>Studie löschen</translation>
    </message>
    <message>
        <source>Delete the selected drawing</source>
        <translation>Gewählte Zeichnung löschen</translation>
    </message>
    <message>
        <source>Delete the selected study from its archive…</source>
        <translation>Gewählte Studie aus ihrem Archiv löschen…</translation>
    </message>
    <message>
        <source>Delete the shown image from its archive…</source>
        <translation>Gezeigtes Bild aus seinem Archiv löschen…</translation>
    </message>
    <message>
        <source>Delete the shown series from its archive…</source>
        <translation>Gezeigte Serie aus ihrem Archiv löschen…</translation>
    </message>
    <message>
        <source>Draw again what was undone</source>
        <translation>Zurückgenommenes wieder zeichnen</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>Ellipse</translation>
    </message>
    <message>
        <source>Ellipse: mean and spread of the values inside</source>
        <translation>Ellipse: Mittelwert und Streuung der Werte darin</translation>
    </message>
    <message>
        <source>End the path or outline</source>
        <translation>Linienzug oder Umriss beenden</translation>
    </message>
    <message>
        <source>Explain this pixel: from its stored value to its grey</source>
        <translation>Dieses Pixel erklären: vom gespeicherten Wert zum Grauwert</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Export: pictures, film, PDF, DICOM…</source>
        <translation>Export: Bilder, Film, PDF, DICOM…</translation>
    </message>
    <message>
        <source>First image</source>
        <translation>Erstes Bild</translation>
    </message>
    <message>
        <source>First window of the file</source>
        <translation>Erstes Fenster der Datei</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Fit the image into the view</source>
        <translation>Bild in die Ansicht einpassen</translation>
    </message>
    <message>
        <source>Flip left and right</source>
        <translation>Links und rechts spiegeln</translation>
    </message>
    <message>
        <source>Flip top and bottom</source>
        <translation>Oben und unten spiegeln</translation>
    </message>
    <message>
        <source>Four viewports</source>
        <translation>Vier Ansichten</translation>
    </message>
    <message>
        <source>Freehand</source>
        <translation>Freihand</translation>
    </message>
    <message>
        <source>Freehand: draw around an area, or click from corner to corner</source>
        <translation>Freihand: eine Fläche umfahren oder von Ecke zu Ecke klicken</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Hang</source>
        <translation>Hängen</translation>
    </message>
    <message>
        <source>Hang like the last time, else by the rules</source>
        <translation>Hängen wie beim letzten Mal, sonst nach den Regeln</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Images and series</source>
        <translation>Bilder und Serien</translation>
    </message>
    <message>
        <source>Interpolation: Lanczos</source>
        <translation>Interpolation: Lanczos</translation>
    </message>
    <message>
        <source>Interpolation: bicubic</source>
        <translation>Interpolation: bikubisch</translation>
    </message>
    <message>
        <source>Interpolation: bilinear</source>
        <translation>Interpolation: bilinear</translation>
    </message>
    <message>
        <source>Interpolation: nearest pixel</source>
        <translation>Interpolation: nächstes Pixel</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Invertieren</translation>
    </message>
    <message>
        <source>Invert black and white</source>
        <translation>Schwarz und Weiß vertauschen</translation>
    </message>
    <message>
        <source>Is this series ready for HAI-DEF?</source>
        <translation>Ist diese Serie bereit für HAI-DEF?</translation>
    </message>
    <message>
        <source>Key image</source>
        <translation>Schlüsselbild</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Last image</source>
        <translation>Letztes Bild</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Layout</translation>
    </message>
    <message>
        <source>Layout 1 × 3</source>
        <translation>Layout 1 × 3</translation>
    </message>
    <message>
        <source>Layout 1 × 4</source>
        <translation>Layout 1 × 4</translation>
    </message>
    <message>
        <source>Layout 2 × 3</source>
        <translation>Layout 2 × 3</translation>
    </message>
    <message>
        <source>Layout 2 × 4</source>
        <translation>Layout 2 × 4</translation>
    </message>
    <message>
        <source>Layout 3 × 1</source>
        <translation>Layout 3 × 1</translation>
    </message>
    <message>
        <source>Layout 3 × 2</source>
        <translation>Layout 3 × 2</translation>
    </message>
    <message>
        <source>Layout 3 × 3</source>
        <translation>Layout 3 × 3</translation>
    </message>
    <message>
        <source>Layout 3 × 4</source>
        <translation>Layout 3 × 4</translation>
    </message>
    <message>
        <source>Layout 4 × 1</source>
        <translation>Layout 4 × 1</translation>
    </message>
    <message>
        <source>Layout 4 × 2</source>
        <translation>Layout 4 × 2</translation>
    </message>
    <message>
        <source>Layout 4 × 3</source>
        <translation>Layout 4 × 3</translation>
    </message>
    <message>
        <source>Layout 4 × 4</source>
        <translation>Layout 4 × 4</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Length: drag from end to end</source>
        <translation>Länge: von Ende zu Ende ziehen</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Koppeln</translation>
    </message>
    <message>
        <source>Link by the place in the patient again</source>
        <translation>Wieder nach der Lage im Patienten koppeln</translation>
    </message>
    <message>
        <source>Link the position: the same place lies in the middle</source>
        <translation>Position koppeln: dieselbe Stelle liegt in der Mitte</translation>
    </message>
    <message>
        <source>Link the window, within one modality</source>
        <translation>Fenster koppeln, innerhalb einer Modalität</translation>
    </message>
    <message>
        <source>Link the zoom: a millimetre has one size</source>
        <translation>Zoom koppeln: ein Millimeter ist überall gleich groß</translation>
    </message>
    <message>
        <source>Link these slices: scroll together from here</source>
        <translation>Diese Schichten koppeln: ab hier gemeinsam blättern</translation>
    </message>
    <message>
        <source>Link: scroll together by the place in the patient</source>
        <translation>Koppeln: gemeinsam blättern nach der Lage im Patienten</translation>
    </message>
    <message>
        <source>Lock the screen</source>
        <translation>Bildschirm sperren</translation>
    </message>
    <message>
        <source>Long and short axis: drag the long one</source>
        <translation>Lange und kurze Achse: die lange ziehen</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>Lupe</translation>
    </message>
    <message>
        <source>Magnifier: hold the button for a lens</source>
        <translation>Lupe: Taste gedrückt halten</translation>
    </message>
    <message>
        <source>Mark as key image, or take the mark away</source>
        <translation>Als Schlüsselbild markieren oder Markierung entfernen</translation>
    </message>
    <message>
        <source>Next image</source>
        <translation>Nächstes Bild</translation>
    </message>
    <message>
        <source>Next series</source>
        <translation>Nächste Serie</translation>
    </message>
    <message>
        <source>Next study in the list</source>
        <translation>Nächste Studie der Liste</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>Nächster Tab</translation>
    </message>
    <message>
        <source>Next viewport</source>
        <translation>Nächste Ansicht</translation>
    </message>
    <message>
        <source>No web browser could be started.</source>
        <translation>Es konnte kein Browser gestartet werden.</translation>
    </message>
    <message>
        <source>One image pixel on one screen pixel</source>
        <translation>Ein Bildpixel auf ein Bildschirmpixel</translation>
    </message>
    <message>
        <source>One viewport</source>
        <translation>Eine Ansicht</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a folder or a CD as an archive, for reading…</source>
        <translation>Ordner oder CD als Archiv zum Lesen öffnen…</translation>
    </message>
    <message>
        <source>Open in the archive&apos;s web viewer</source>
        <translation>Im Web-Viewer des Archivs öffnen</translation>
    </message>
    <message>
        <source>Open the latest earlier study of this patient beside this one</source>
        <translation>Jüngste Vorstudie dieses Patienten neben dieser öffnen</translation>
    </message>
    <message>
        <source>Open the selected study</source>
        <translation>Gewählte Studie öffnen</translation>
    </message>
    <message>
        <source>Own window</source>
        <translation>Eigenes Fenster</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Pan: drag the picture</source>
        <translation>Verschieben: Bild ziehen</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Linienzug</translation>
    </message>
    <message>
        <source>Path: click from corner to corner, double-click to end</source>
        <translation>Linienzug: von Ecke zu Ecke klicken, Doppelklick beendet</translation>
    </message>
    <message>
        <source>Play as a film, or stop</source>
        <translation>Als Film abspielen oder anhalten</translation>
    </message>
    <message>
        <source>Play at the rate of the file</source>
        <translation>Mit der Bildrate der Datei abspielen</translation>
    </message>
    <message>
        <source>Play faster</source>
        <translation>Schneller abspielen</translation>
    </message>
    <message>
        <source>Play slower</source>
        <translation>Langsamer abspielen</translation>
    </message>
    <message>
        <source>Play there and back instead of round</source>
        <translation>Hin und zurück statt im Kreis abspielen</translation>
    </message>
    <message>
        <source>Pointer of the keys a little down</source>
        <translation>Tastenzeiger ein wenig nach unten</translation>
    </message>
    <message>
        <source>Pointer of the keys a little to the left</source>
        <translation>Tastenzeiger ein wenig nach links</translation>
    </message>
    <message>
        <source>Pointer of the keys a little to the right</source>
        <translation>Tastenzeiger ein wenig nach rechts</translation>
    </message>
    <message>
        <source>Pointer of the keys a little up</source>
        <translation>Tastenzeiger ein wenig nach oben</translation>
    </message>
    <message>
        <source>Pointer of the keys down</source>
        <translation>Tastenzeiger nach unten</translation>
    </message>
    <message>
        <source>Pointer of the keys to the left</source>
        <translation>Tastenzeiger nach links</translation>
    </message>
    <message>
        <source>Pointer of the keys to the right</source>
        <translation>Tastenzeiger nach rechts</translation>
    </message>
    <message>
        <source>Pointer of the keys up</source>
        <translation>Tastenzeiger nach oben</translation>
    </message>
    <message>
        <source>Previous image</source>
        <translation>Voriges Bild</translation>
    </message>
    <message>
        <source>Previous series</source>
        <translation>Vorige Serie</translation>
    </message>
    <message>
        <source>Previous study in the list</source>
        <translation>Vorige Studie der Liste</translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation>Voriger Tab</translation>
    </message>
    <message>
        <source>Previous viewport</source>
        <translation>Vorige Ansicht</translation>
    </message>
    <message>
        <source>Print the view with a true scale…</source>
        <translation>Ansicht maßstäblich drucken…</translation>
    </message>
    <message>
        <source>Prior</source>
        <translation>Vorstudie</translation>
    </message>
    <message>
        <source>Probe</source>
        <translation>Messpunkt</translation>
    </message>
    <message>
        <source>Probe: click for the value at a place</source>
        <translation>Messpunkt: anklicken zeigt den Wert an einer Stelle</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Put window, zoom and position back</source>
        <translation>Fenster, Zoom und Position zurücksetzen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Read what was left out again: images that once ended the program</source>
        <translation>Ausgelassenes wieder lesen: Bilder, die das Programm einmal beendet haben</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <source>Rectangle: mean and spread of the values inside</source>
        <translation>Rechteck: Mittelwert und Streuung der Werte darin</translation>
    </message>
    <message>
        <source>Reference lines: where the active image cuts the others</source>
        <translation>Referenzlinien: wo das aktive Bild die anderen schneidet</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>Remember this arrangement for studies like this one</source>
        <translation>Diese Anordnung für ähnliche Studien merken</translation>
    </message>
    <message>
        <source>Remove all images kept on this computer</source>
        <translation>Alle auf diesem Computer behaltenen Bilder entfernen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Rotate left by 90°</source>
        <translation>Um 90° nach links drehen</translation>
    </message>
    <message>
        <source>Rotate right by 90°</source>
        <translation>Um 90° nach rechts drehen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Scroll</source>
        <translation>Blättern</translation>
    </message>
    <message>
        <source>Scroll: drag through the images</source>
        <translation>Blättern: durch die Bilder ziehen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search all archives at once</source>
        <translation>Alle Archive auf einmal durchsuchen</translation>
    </message>
    <message>
        <source>Search for studies</source>
        <translation>Studien suchen</translation>
    </message>
    <message>
        <source>Second window of the file</source>
        <translation>Zweites Fenster der Datei</translation>
    </message>
    <message>
        <source>Set a point at the pointer of the keys</source>
        <translation>Punkt am Tastenzeiger setzen</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Show only the key images, or all again</source>
        <translation>Nur die Schlüsselbilder zeigen oder wieder alle</translation>
    </message>
    <message>
        <source>Show the worklist</source>
        <translation>Arbeitsliste zeigen</translation>
    </message>
    <message>
        <source>Store measurements, key images and views in the archive</source>
        <translation>Messungen, Schlüsselbilder und Ansichten im Archiv speichern</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Ten images back</source>
        <translation>Zehn Bilder zurück</translation>
    </message>
    <message>
        <source>Ten images forward</source>
        <translation>Zehn Bilder vor</translation>
    </message>
    <message>
        <source>Test pattern for this monitor</source>
        <translation>Testbild für diesen Monitor</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text: click where it belongs</source>
        <translation>Text: anklicken, wo er hingehört</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>The image&apos;s own overlays and shutter: shown or not</source>
        <translation>Eigene Overlays und Blende des Bildes zeigen oder nicht</translation>
    </message>
    <message>
        <source>The link is on the clipboard. It holds no token.</source>
        <translation>Der Link ist in der Zwischenablage. Er enthält kein Token.</translation>
    </message>
    <message>
        <source>The request is on the clipboard. It holds no token.</source>
        <translation>Die Anfrage ist in der Zwischenablage. Sie enthält kein Token.</translation>
    </message>
    <message>
        <source>This study in a window of its own, and back</source>
        <translation>Diese Studie in ein eigenes Fenster und zurück</translation>
    </message>
    <message>
        <source>This viewport alone, and back</source>
        <translation>Diese Ansicht allein und zurück</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>True size</source>
        <translation>Originalgröße</translation>
    </message>
    <message>
        <source>True size: a millimetre on a millimetre of the monitor</source>
        <translation>Originalgröße: ein Millimeter auf einem Millimeter des Monitors</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Drehen</translation>
    </message>
    <message>
        <source>Turn: drag around the middle of the picture</source>
        <translation>Drehen: um die Bildmitte ziehen</translation>
    </message>
    <message>
        <source>Two viewports side by side</source>
        <translation>Zwei Ansichten nebeneinander</translation>
    </message>
    <message>
        <source>Two viewports, one above the other</source>
        <translation>Zwei Ansichten übereinander</translation>
    </message>
    <message>
        <source>Type the window&apos;s width and centre…</source>
        <translation>Breite und Zentrum des Fensters eingeben…</translation>
    </message>
    <message>
        <source>Undo the last drawing</source>
        <translation>Letzte Zeichnung zurücknehmen</translation>
    </message>
    <message>
        <source>Upload a folder</source>
        <translation>Ordner hochladen</translation>
    </message>
    <message>
        <source>Upload a folder to the selected archive…</source>
        <translation>Ordner in das gewählte Archiv hochladen…</translation>
    </message>
    <message>
        <source>Upload files</source>
        <translation>Dateien hochladen</translation>
    </message>
    <message>
        <source>Upload files to the selected archive…</source>
        <translation>Dateien in das gewählte Archiv hochladen…</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Why is it slow?</source>
        <translation>Warum ist es langsam?</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Window and level</source>
        <translation>Fensterung</translation>
    </message>
    <message>
        <source>Window of a region: drag a box around what is to be seen</source>
        <translation>Fenster eines Bereichs: Rahmen um das ziehen, was zu sehen sein soll</translation>
    </message>
    <message>
        <source>Window/level: drag right for wider, down for darker</source>
        <translation>Fensterung: nach rechts breiter, nach unten dunkler</translation>
    </message>
    <message>
        <source>Worklist</source>
        <translation>Arbeitsliste</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom: drag up to enlarge</source>
        <translation>Zoom: nach oben ziehen vergrößert</translation>
    </message>
</context>
<context>
    <name>AddArchive</name>
    <message>
        <source>A bearer token that you were given.</source>
        <translation>Ein Bearer-Token, das Sie erhalten haben.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add an archive</source>
        <translation>Archiv hinzufügen</translation>
    </message>
    <message>
        <source>Add anyway</source>
        <translation>Trotzdem hinzufügen</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Any server that speaks DICOMweb. Give its address without /studies.</source>
        <translation>Jeder Server, der DICOMweb spricht. Adresse ohne /studies angeben.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Certificates and headers that few archives need</source>
        <translation>Zertifikate und Header, die wenige Archive brauchen</translation>
    </message>
    <message>
        <source>Choose a DICOM store from your projects</source>
        <translation>DICOM-Speicher aus Ihren Projekten wählen</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client-ID</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Client-Secret</translation>
    </message>
    <message>
        <source>Found out by itself</source>
        <translation>Wird selbst erkannt</translation>
    </message>
    <message>
        <source>Google Cloud</source>
        <translation>Google Cloud</translation>
    </message>
    <message>
        <source>Google Cloud…</source>
        <translation>Google Cloud…</translation>
    </message>
    <message>
        <source>Google, this computer&apos;s own</source>
        <translation>Google, vom Computer selbst</translation>
    </message>
    <message>
        <source>How to sign in</source>
        <translation>Art der Anmeldung</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>Mehr…</translation>
    </message>
    <message>
        <source>MyHealth@EU, or another that can only retrieve</source>
        <translation>MyHealth@EU oder ein anderes, das nur abrufen kann</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>No sign-in</source>
        <translation>Keine Anmeldung</translation>
    </message>
    <message>
        <source>OpenID Connect</source>
        <translation>OpenID Connect</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>Static DICOMweb files</source>
        <translation>Statische DICOMweb-Dateien</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>The Application Default Credentials of this computer.</source>
        <translation>Die Application Default Credentials dieses Computers.</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>User and password</source>
        <translation>Benutzer und Passwort</translation>
    </message>
    <message>
        <source>WADO-URI only (older than DICOMweb)</source>
        <translation>Nur WADO-URI (älter als DICOMweb)</translation>
    </message>
    <message>
        <source>You sign in to Google with your browser.</source>
        <translation>Sie melden sich mit Ihrem Browser bei Google an.</translation>
    </message>
    <message>
        <source>You sign in with your browser.</source>
        <translation>Sie melden sich mit Ihrem Browser an.</translation>
    </message>
    <message>
        <source>as you want to see it; optional</source>
        <translation>wie Sie es sehen möchten; optional</translation>
    </message>
    <message>
        <source>if there is one</source>
        <translation>falls vorhanden</translation>
    </message>
    <message>
        <source>kept in the keychain of this computer</source>
        <translation>im Schlüsselbund dieses Computers aufbewahrt</translation>
    </message>
    <message>
        <source>path of a .p12, .pfx or .pem file</source>
        <translation>Pfad einer .p12-, .pfx- oder .pem-Datei</translation>
    </message>
</context>
<context>
    <name>ArchiveButton</name>
    <message>
        <source>What can be done with this archive</source>
        <translation>Was mit diesem Archiv getan werden kann</translation>
    </message>
    <message>
        <source>being asked</source>
        <translation>wird gefragt</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>antwortet nicht</translation>
    </message>
    <message>
        <source>needs you to sign in</source>
        <translation>braucht Ihre Anmeldung</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
</context>
<context>
    <name>ArchiveList</name>
    <message>
        <source>%d archives in one list</source>
        <translation>%d Archive in einer Liste</translation>
    </message>
    <message>
        <source>%d need you to sign in</source>
        <translation>bei %d ist eine Anmeldung nötig</translation>
    </message>
    <message>
        <source>1 needs you to sign in</source>
        <translation>bei 1 ist eine Anmeldung nötig</translation>
    </message>
    <message>
        <source>ARCHIVES</source>
        <translation>ARCHIVE</translation>
    </message>
    <message>
        <source>Add archive</source>
        <translation>Archiv hinzufügen</translation>
    </message>
    <message>
        <source>All archives</source>
        <translation>Alle Archive</translation>
    </message>
    <message>
        <source>Archives</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Conformance notes…</source>
        <translation>Konformitätsnotizen…</translation>
    </message>
    <message>
        <source>Forget what was learned of it</source>
        <translation>Gelerntes über dieses Archiv vergessen</translation>
    </message>
    <message>
        <source>Remove from this list…</source>
        <translation>Aus dieser Liste entfernen…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
</context>
<context>
    <name>ArchiveMore</name>
    <message>
        <source>Audience</source>
        <translation>Audience</translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation>Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Its password</source>
        <translation>Dessen Passwort</translation>
    </message>
    <message>
        <source>Keys and tokens among them go into the keychain of this computer</source>
        <translation>Schlüssel und Token darin kommen in den Schlüsselbund dieses Computers</translation>
    </message>
    <message>
        <source>Name: value, one in a line, sent with every request</source>
        <translation>Name: Wert, je Zeile einer, mit jeder Anfrage gesendet</translation>
    </message>
    <message>
        <source>Redirect port</source>
        <translation>Port der Rückkehr</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>Scopes</translation>
    </message>
    <message>
        <source>any, unless the provider compares it</source>
        <translation>beliebig, außer der Anbieter vergleicht ihn</translation>
    </message>
    <message>
        <source>kept in the keychain of this computer</source>
        <translation>im Schlüsselbund dieses Computers aufbewahrt</translation>
    </message>
    <message>
        <source>path of a .p12, .pfx or .pem file</source>
        <translation>Pfad einer .p12-, .pfx- oder .pem-Datei</translation>
    </message>
    <message>
        <source>path of a .pem file that is trusted too</source>
        <translation>Pfad einer .pem-Datei, der auch vertraut wird</translation>
    </message>
    <message>
        <source>the archive&apos;s name at the provider, if it asks</source>
        <translation>Name des Archivs beim Anbieter, wenn verlangt</translation>
    </message>
    <message>
        <source>what the archive wants to see; most want nothing</source>
        <translation>was das Archiv sehen will; die meisten nichts</translation>
    </message>
</context>
<context>
    <name>ArchivesModel</name>
    <message>
        <source>The sign-in was cancelled.</source>
        <translation>Die Anmeldung wurde abgebrochen.</translation>
    </message>
    <message>
        <source>This archive is in the list already.</source>
        <translation>Dieses Archiv steht schon in der Liste.</translation>
    </message>
    <message>
        <source>You are signed in to %s as %s.</source>
        <translation>Sie sind bei %s als %s angemeldet.</translation>
    </message>
    <message>
        <source>You are signed in to %s.</source>
        <translation>Sie sind bei %s angemeldet.</translation>
    </message>
    <message numerus="yes">
        <source>on this computer · %n studies</source>
        <translation>
            <numerusform>auf diesem Computer · %n Studie</numerusform>
            <numerusform>auf diesem Computer · %n Studien</numerusform>
        </translation>
    </message>
    <message>
        <source>on this computer · 1 study</source>
        <translation>auf diesem Computer · 1 Studie</translation>
    </message>
    <message>
        <source>sign in to use it</source>
        <translation>zum Benutzen anmelden</translation>
    </message>
    <message>
        <source>signed out</source>
        <translation>abgemeldet</translation>
    </message>
    <message>
        <source>waiting for the browser…</source>
        <translation>wartet auf den Browser…</translation>
    </message>
</context>
<context>
    <name>AuditRecordModel</name>
    <message numerus="yes">
        <source>%n entries were saved as {name}.</source>
        <translation>
            <numerusform>%n Eintrag wurde als {name} gespeichert.</numerusform>
            <numerusform>%n Einträge wurden als {name} gespeichert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Line %d does not follow from the one before: the record was changed or damaged there.</source>
        <translation>Zeile %d folgt nicht aus der vorigen: Dort wurde das Protokoll geändert oder beschädigt.</translation>
    </message>
</context>
<context>
    <name>CardButton</name>
    <message>
        <source>Annotations</source>
        <translation>Annotationen</translation>
    </message>
    <message>
        <source>Click to try again.</source>
        <translation>Klicken, um es erneut zu versuchen.</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>ECG</source>
        <translation>EKG</translation>
    </message>
    <message>
        <source>Fiducials</source>
        <translation>Referenzpunkte</translation>
    </message>
    <message>
        <source>Key images</source>
        <translation>Schlüsselbilder</translation>
    </message>
    <message>
        <source>No images</source>
        <translation>Keine Bilder</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Presentation state</source>
        <translation>Präsentationszustand</translation>
    </message>
    <message>
        <source>Real world values</source>
        <translation>Reale Werte</translation>
    </message>
    <message>
        <source>Registration</source>
        <translation>Registrierung</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Structure set</source>
        <translation>Strukturen</translation>
    </message>
    <message>
        <source>Structured report</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>Treatment plan</source>
        <translation>Bestrahlungsplan</translation>
    </message>
    <message>
        <source>Treatment record</source>
        <translation>Bestrahlungsprotokoll</translation>
    </message>
    <message>
        <source>Waveform</source>
        <translation>Kurve</translation>
    </message>
</context>
<context>
    <name>ChoicesPanel</name>
    <message>
        <source>By the Basic Profile of DICOM PS3.15. Patient, study and UIDs get others, always the same for the same; the key to them stays on this computer.</source>
        <translation>Nach dem Basic Profile von DICOM PS3.15. Patient, Studie und UIDs werden ersetzt, gleiche immer gleich; der Schlüssel dazu bleibt auf diesem Computer.</translation>
    </message>
    <message>
        <source>Fetch each one again and compare</source>
        <translation>Jedes zurückholen und vergleichen</translation>
    </message>
    <message>
        <source>Names that are burned into the pixels stay there: look at ultrasound, photographs and pictures of screens first.</source>
        <translation>In die Pixel eingebrannte Namen bleiben dort: Ultraschall, Fotos und Bildschirmbilder vorher ansehen.</translation>
    </message>
    <message>
        <source>Only for archives where the originals may not lie too</source>
        <translation>Nur für Archive, in denen nicht auch die Originale liegen dürfen</translation>
    </message>
    <message>
        <source>Only what comes back the same is said to be stored. It takes as long again.</source>
        <translation>Nur was gleich zurückkommt, gilt als gespeichert. Es dauert noch einmal so lange.</translation>
    </message>
    <message>
        <source>Series and study descriptions stay, without the words that were taken out elsewhere</source>
        <translation>Serien- und Studienbeschreibungen bleiben, ohne die anderswo entfernten Wörter</translation>
    </message>
    <message>
        <source>Station names and serial numbers stay</source>
        <translation>Stationsnamen und Seriennummern bleiben</translation>
    </message>
    <message>
        <source>Storage class at Google</source>
        <translation>Speicherklasse bei Google</translation>
    </message>
    <message>
        <source>Storage class of the store</source>
        <translation>Speicherklasse des Speichers</translation>
    </message>
    <message>
        <source>Take out what names someone before sending</source>
        <translation>Vor dem Senden entfernen, was jemanden benennt</translation>
    </message>
    <message>
        <source>What becomes of dates</source>
        <translation>Was aus Datumsangaben wird</translation>
    </message>
    <message>
        <source>keep UIDs</source>
        <translation>UIDs behalten</translation>
    </message>
    <message>
        <source>keep dates</source>
        <translation>Daten behalten</translation>
    </message>
    <message>
        <source>keep descriptions</source>
        <translation>Beschreibungen behalten</translation>
    </message>
    <message>
        <source>keep devices</source>
        <translation>Geräte behalten</translation>
    </message>
    <message>
        <source>remove dates</source>
        <translation>Daten entfernen</translation>
    </message>
    <message>
        <source>shift dates, alike for each patient</source>
        <translation>Daten verschieben, je Patient gleich</translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message numerus="yes">
        <source>%n open studies</source>
        <translation>
            <numerusform>%n offene Studie</numerusform>
            <numerusform>%n offene Studien</numerusform>
        </translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Do not close</source>
        <translation>Nicht schließen</translation>
    </message>
    <message>
        <source>Keep for later</source>
        <translation>Für später behalten</translation>
    </message>
    <message>
        <source>Keep uploading</source>
        <translation>Weiter hochladen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Quit while files are being uploaded?</source>
        <translation>Beenden, während Dateien hochgeladen werden?</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save your work before closing?</source>
        <translation>Ihre Arbeit vor dem Schließen speichern?</translation>
    </message>
    <message>
        <source>There are measurements or key images that the archive does not have, in %s. “Keep for later” leaves them on this computer until the study is opened again. “Discard” takes back what changed since the last time they were saved.</source>
        <translation>Es gibt Messungen oder Schlüsselbilder, die das Archiv nicht hat, in: %s. „Für später behalten“ lässt sie auf diesem Computer, bis die Studie wieder geöffnet wird. „Verwerfen“ nimmt zurück, was sich seit dem letzten Speichern geändert hat.</translation>
    </message>
    <message>
        <source>What is stored already stays stored. The rest is sent when Lightbox is started again; leave the files where they are until then.</source>
        <translation>Was schon gespeichert ist, bleibt gespeichert. Der Rest wird beim nächsten Start von Lightbox gesendet; lassen Sie die Dateien bis dahin an ihrem Ort.</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>All commands</source>
        <translation>Alle Befehle</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands that match</source>
        <translation>Passende Befehle</translation>
    </message>
    <message>
        <source>No command matches.</source>
        <translation>Kein Befehl passt.</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>Eingeben, was Sie tun möchten</translation>
    </message>
</context>
<context>
    <name>CopyRangeDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the drawing to other images</source>
        <translation>Zeichnung in andere Bilder kopieren</translation>
    </message>
    <message>
        <source>From image</source>
        <translation>Von Bild</translation>
    </message>
    <message>
        <source>It is drawn on image {here} of {count} and comes to the same place of the others.</source>
        <translation>Sie liegt auf Bild {here} von {count} und kommt an dieselbe Stelle der anderen.</translation>
    </message>
    <message>
        <source>To image</source>
        <translation>Bis Bild</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>It wrote down where in the program that was: versions, kinds of errors and places in the source; no patient, no file and no address is named. The report lies on this computer only, and Lightbox sends it to nobody. If you want help, save it and give it to your administrator.</source>
        <translation>Es hat aufgeschrieben, wo im Programm das war: Versionen, Arten von Fehlern und Stellen im Quelltext; kein Patient, keine Datei und keine Adresse ist genannt. Der Bericht liegt nur auf diesem Computer, und Lightbox sendet ihn an niemanden. Wenn Sie Hilfe möchten, speichern Sie ihn und geben Sie ihn Ihrem Administrator.</translation>
    </message>
    <message>
        <source>Lightbox ended unexpectedly the last time</source>
        <translation>Lightbox endete letztes Mal unerwartet</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Show the report</source>
        <translation>Bericht zeigen</translation>
    </message>
    <message>
        <source>Something went wrong in Lightbox the last time</source>
        <translation>In Lightbox ging letztes Mal etwas schief</translation>
    </message>
    <message>
        <source>The report</source>
        <translation>Der Bericht</translation>
    </message>
</context>
<context>
    <name>CrashesModel</name>
    <message>
        <source>The report was saved as %s.</source>
        <translation>Der Bericht wurde als %s gespeichert.</translation>
    </message>
</context>
<context>
    <name>DateRange</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Erster Tag</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>Study date</source>
        <translation>Studiendatum</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Anwenden</translation>
    </message>
</context>
<context>
    <name>Deletion</name>
    <message>
        <source>%s objects</source>
        <translation>%s Objekte</translation>
    </message>
    <message>
        <source>1 object</source>
        <translation>1 Objekt</translation>
    </message>
    <message>
        <source>Delete this image?</source>
        <translation>Dieses Bild löschen?</translation>
    </message>
    <message>
        <source>Delete this series?</source>
        <translation>Diese Serie löschen?</translation>
    </message>
    <message>
        <source>Delete this study?</source>
        <translation>Diese Studie löschen?</translation>
    </message>
    <message>
        <source>Deleted from %s: %s.</source>
        <translation>Aus %s gelöscht: %s.</translation>
    </message>
    <message>
        <source>The deletion was stopped. What the archive had deleted by then is gone.</source>
        <translation>Das Löschen wurde angehalten. Was das Archiv bis dahin gelöscht hatte, ist weg.</translation>
    </message>
    <message>
        <source>an unknown number of objects</source>
        <translation>eine unbekannte Zahl von Objekten</translation>
    </message>
    <message>
        <source>no name</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>study without a description</source>
        <translation>Studie ohne Beschreibung</translation>
    </message>
</context>
<context>
    <name>DeletionDialog</name>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Go on in the background</source>
        <translation>Im Hintergrund weiter</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Progress of the deletion</source>
        <translation>Fortschritt des Löschens</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop deleting; what is gone stays gone</source>
        <translation>Löschen anhalten; was weg ist, bleibt weg</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>To be deleted</source>
        <translation>Wird gelöscht</translation>
    </message>
    <message>
        <source>counting…</source>
        <translation>wird gezählt…</translation>
    </message>
</context>
<context>
    <name>DeletionsModel</name>
    <message>
        <source>%s, image %d</source>
        <translation>%s, Bild %d</translation>
    </message>
    <message>
        <source>series without a description</source>
        <translation>Serie ohne Beschreibung</translation>
    </message>
</context>
<context>
    <name>DifferenceDialog</name>
    <message>
        <source>%s against what %s has under the same UID: %s</source>
        <translation>%s verglichen mit dem, was %s unter derselben UID hat: %s</translation>
    </message>
    <message>
        <source>%s could not be compared. %s</source>
        <translation>%s konnte nicht verglichen werden. %s</translation>
    </message>
    <message>
        <source>As lines of tab-separated values</source>
        <translation>Als Zeilen mit Tabulatoren</translation>
    </message>
    <message>
        <source>Asking %s for its instance…</source>
        <translation>%s wird nach der Instanz gefragt…</translation>
    </message>
    <message>
        <source>Attributes that differ</source>
        <translation>Abweichende Attribute</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>Was abweicht</translation>
    </message>
</context>
<context>
    <name>DifferenceTable</name>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Attribute</source>
        <translation>Attribut</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>This file</source>
        <translation>Diese Datei</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>nicht vorhanden</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>DICOM files and folders</source>
        <translation>DICOM-Dateien und Ordner</translation>
    </message>
    <message>
        <source>Drop to add to the study of %s</source>
        <translation>Ablegen, um es der Studie von %s hinzuzufügen</translation>
    </message>
    <message>
        <source>Drop to open the study that this file names, from %s</source>
        <translation>Ablegen, um die Studie zu öffnen, die diese Datei nennt, aus %s</translation>
    </message>
    <message>
        <source>Drop to upload to %s</source>
        <translation>Ablegen zum Hochladen in %s</translation>
    </message>
    <message>
        <source>FHIR ImagingStudy or Key Object Selection</source>
        <translation>FHIR ImagingStudy oder Key Object Selection</translation>
    </message>
    <message>
        <source>Pictures, documents and films become DICOM</source>
        <translation>Bilder, Dokumente und Filme werden zu DICOM</translation>
    </message>
</context>
<context>
    <name>ExplainPanel</name>
    <message>
        <source>Ask the archive for its own picture of this image, and compare</source>
        <translation>Das Archiv nach seinem eigenen Bild fragen und vergleichen</translation>
    </message>
    <message>
        <source>Close the explanation</source>
        <translation>Erklärung schließen</translation>
    </message>
    <message>
        <source>Column {column}, row {row}, counted from 0</source>
        <translation>Spalte {column}, Zeile {row}, ab 0 gezählt</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the explanation as text</source>
        <translation>Erklärung als Text kopieren</translation>
    </message>
    <message>
        <source>EXPLAIN THIS PIXEL</source>
        <translation>DIESES PIXEL ERKLÄREN</translation>
    </message>
    <message>
        <source>Explain this pixel</source>
        <translation>Dieses Pixel erklären</translation>
    </message>
    <message>
        <source>The archive&apos;s own picture</source>
        <translation>Bild des Archivs</translation>
    </message>
    <message>
        <source>The steps from the stored value to the grey</source>
        <translation>Die Schritte vom gespeicherten Wert zum Grauwert</translation>
    </message>
    <message>
        <source>There is no such pixel in this image, or it is still loading.</source>
        <translation>Dieses Pixel gibt es im Bild nicht, oder es lädt noch.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>As the images are windowed and turned now, without texts and drawings.</source>
        <translation>Wie die Bilder jetzt gefenstert und gedreht sind, ohne Texte und Zeichnungen.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>DICOM, as the archive holds it</source>
        <translation>DICOM, wie es im Archiv liegt</translation>
    </message>
    <message>
        <source>Each image at its own size, windowed and turned as now, without texts and drawings.</source>
        <translation>Jedes Bild in seiner Größe, gefenstert und gedreht wie jetzt, ohne Texte und Zeichnungen.</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Fit the page, scale given</source>
        <translation>In die Seite einpassen, Maßstab angegeben</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Kind of picture</source>
        <translation>Bildformat</translation>
    </message>
    <message>
        <source>Life size</source>
        <translation>Lebensgröße</translation>
    </message>
    <message>
        <source>Media folder with DICOMDIR</source>
        <translation>Medienordner mit DICOMDIR</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Drucken…</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Scale on paper</source>
        <translation>Maßstab auf Papier</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>The files hold the patient&apos;s name. They are byte for byte what the archive holds.</source>
        <translation>Die Dateien enthalten den Namen des Patienten. Sie sind Byte für Byte, was im Archiv liegt.</translation>
    </message>
    <message>
        <source>The whole study</source>
        <translation>Die ganze Studie</translation>
    </message>
    <message>
        <source>This image</source>
        <translation>Dieses Bild</translation>
    </message>
    <message>
        <source>This series</source>
        <translation>Diese Serie</translation>
    </message>
    <message>
        <source>This series as a film (WebP)</source>
        <translation>Diese Serie als Film (WebP)</translation>
    </message>
    <message>
        <source>This series as pictures (PNG)</source>
        <translation>Diese Serie als Bilder (PNG)</translation>
    </message>
    <message>
        <source>This view as a PDF with a true scale</source>
        <translation>Diese Ansicht als maßstäbliches PDF</translation>
    </message>
    <message>
        <source>This view as a picture</source>
        <translation>Diese Ansicht als Bild</translation>
    </message>
    <message>
        <source>This view on paper with a true scale</source>
        <translation>Diese Ansicht maßstäblich auf Papier</translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>Was exportiert wird</translation>
    </message>
    <message>
        <source>Which objects</source>
        <translation>Welche Objekte</translation>
    </message>
    <message>
        <source>With names and IDs</source>
        <translation>Mit Namen und IDs</translation>
    </message>
    <message>
        <source>ZIP file</source>
        <translation>ZIP-Datei</translation>
    </message>
</context>
<context>
    <name>ExportModel</name>
    <message numerus="yes">
        <source>%n file(s) written to {place}.</source>
        <translation>
            <numerusform>%n Datei nach {place} geschrieben.</numerusform>
            <numerusform>%n Dateien nach {place} geschrieben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped. %n file(s) were written.</source>
        <translation>
            <numerusform>Angehalten. %n Datei wurde geschrieben.</numerusform>
            <numerusform>Angehalten. %n Dateien wurden geschrieben.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingTable</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
</context>
<context>
    <name>FoundModel</name>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
</context>
<context>
    <name>GoogleChooser</name>
    <message>
        <source>Choose a DICOM store first.</source>
        <translation>Wählen Sie zuerst einen DICOM-Speicher.</translation>
    </message>
</context>
<context>
    <name>GoogleDialog</name>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Check the spelling, or type project/dataset/store in full.</source>
        <translation>Schreibweise prüfen, oder Projekt/Datensatz/Speicher vollständig eingeben.</translation>
    </message>
    <message>
        <source>Choose a DICOM store of Google Cloud</source>
        <translation>DICOM-Speicher von Google Cloud wählen</translation>
    </message>
    <message>
        <source>Keep this store at the top of the tree</source>
        <translation>Diesen Speicher oben im Baum behalten</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht…</translation>
    </message>
    <message>
        <source>Nothing fits</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>Open Google&apos;s page</source>
        <translation>Seite von Google öffnen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Project, dataset or store</source>
        <translation>Projekt, Datensatz oder Speicher</translation>
    </message>
    <message>
        <source>Projects, locations, datasets and DICOM stores</source>
        <translation>Projekte, Standorte, Datensätze und DICOM-Speicher</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Sign in to Google</source>
        <translation>Bei Google anmelden</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>What the text may mean</source>
        <translation>Was der Text bedeuten kann</translation>
    </message>
    <message>
        <source>Your browser shows Google&apos;s page. Your stores appear here.</source>
        <translation>Ihr Browser zeigt die Seite von Google. Ihre Speicher erscheinen hier.</translation>
    </message>
    <message>
        <source>Your stores appear here once you are signed in.</source>
        <translation>Ihre Speicher erscheinen hier, sobald Sie angemeldet sind.</translation>
    </message>
    <message>
        <source>project, or project/dataset/store, or paste an address</source>
        <translation>Projekt, oder Projekt/Datensatz/Speicher, oder Adresse einfügen</translation>
    </message>
</context>
<context>
    <name>HaidefModel</name>
    <message>
        <source>HAI-DEF readiness of series %s in %s</source>
        <translation>HAI-DEF-Bereitschaft von Serie %s in %s</translation>
    </message>
</context>
<context>
    <name>HaidefReport</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Ready for HAI-DEF?</source>
        <translation>Bereit für HAI-DEF?</translation>
    </message>
    <message>
        <source>Save the page</source>
        <translation>Seite speichern</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>The page could not be saved there. Choose another place.</source>
        <translation>Die Seite konnte dort nicht gespeichert werden. Wählen Sie einen anderen Ort.</translation>
    </message>
</context>
<context>
    <name>HangingModel</name>
    <message>
        <source>Hung by the rule “{name}”.</source>
        <translation>Gehängt nach der Regel „{name}“.</translation>
    </message>
    <message>
        <source>Hung like the last time.</source>
        <translation>Gehängt wie beim letzten Mal.</translation>
    </message>
    <message>
        <source>No rule of hanging fits this study.</source>
        <translation>Keine Hängeregel passt zu dieser Studie.</translation>
    </message>
    <message>
        <source>Studies like this one will be hung like this.</source>
        <translation>Ähnliche Studien werden so gehängt.</translation>
    </message>
</context>
<context>
    <name>HelpModel</name>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Lightbox runs from source here: each text lies with its package in Python&apos;s folder.</source>
        <translation>Lightbox läuft hier aus dem Quelltext: Jeder Text liegt bei seinem Paket im Ordner von Python.</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Bestandteil</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>The list of parts is not where it should be. Install Lightbox again.</source>
        <translation>Die Liste der Bestandteile ist nicht dort, wo sie sein sollte. Installieren Sie Lightbox neu.</translation>
    </message>
    <message>
        <source>The texts lie in {folder}.</source>
        <translation>Die Texte liegen in {folder}.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>read</source>
        <translation>Lesen von</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>%d places</source>
        <translation>%d Stellen</translation>
    </message>
    <message>
        <source>1 place</source>
        <translation>1 Stelle</translation>
    </message>
    <message>
        <source>Back  (Alt+Left)</source>
        <translation>Zurück  (Alt+Links)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Forward  (Alt+Right)</source>
        <translation>Vorwärts  (Alt+Rechts)</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Nothing holds all these words.</source>
        <translation>Nirgends stehen alle diese Wörter.</translation>
    </message>
    <message>
        <source>Search in the help</source>
        <translation>In der Hilfe suchen</translation>
    </message>
    <message>
        <source>Search in the help  (Ctrl+F)</source>
        <translation>In der Hilfe suchen  (Strg+F)</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
</context>
<context>
    <name>Intake</name>
    <message>
        <source>pasted picture</source>
        <translation>eingefügtes Bild</translation>
    </message>
</context>
<context>
    <name>KeyCross</name>
    <message>
        <source>Pointer of the keys</source>
        <translation>Tastenzeiger</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Change keys…</source>
        <translation>Tasten ändern…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Keys and mouse</source>
        <translation>Tasten und Maus</translation>
    </message>
    <message>
        <source>Left drag</source>
        <translation>Links ziehen</translation>
    </message>
    <message>
        <source>Middle drag</source>
        <translation>Mitte ziehen</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Maus</translation>
    </message>
    <message>
        <source>Right drag</source>
        <translation>Rechts ziehen</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>lens</source>
        <translation>Lupe</translation>
    </message>
    <message>
        <source>pan</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>previous or next image; with Shift ten; with Ctrl zoom</source>
        <translation>voriges oder nächstes Bild; mit Umschalt zehn; mit Strg Zoom</translation>
    </message>
    <message>
        <source>scroll</source>
        <translation>Blättern</translation>
    </message>
    <message>
        <source>the active tool</source>
        <translation>das aktive Werkzeug</translation>
    </message>
    <message>
        <source>turn</source>
        <translation>Drehen</translation>
    </message>
    <message>
        <source>window and level</source>
        <translation>Fensterung</translation>
    </message>
    <message>
        <source>zoom about where it began</source>
        <translation>Zoom um den Anfangspunkt</translation>
    </message>
    <message>
        <source>zoom; with Ctrl previous or next image</source>
        <translation>Zoom; mit Strg voriges oder nächstes Bild</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <source>Add it</source>
        <translation>Hinzunehmen</translation>
    </message>
    <message>
        <source>As in the set</source>
        <translation>Wie im Satz</translation>
    </message>
    <message>
        <source>Choose an action, then press the key it is to have.</source>
        <translation>Aktion wählen, dann die Taste drücken, die sie bekommen soll.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keep the present keys beside it</source>
        <translation>Jetzige Tasten daneben behalten</translation>
    </message>
    <message>
        <source>Keys and mouse</source>
        <translation>Tasten und Maus</translation>
    </message>
    <message>
        <source>Like %s</source>
        <translation>Wie %s</translation>
    </message>
    <message>
        <source>Middle drag</source>
        <translation>Mitte ziehen</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Maus</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neue Taste</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message>
        <source>Right drag</source>
        <translation>Rechts ziehen</translation>
    </message>
    <message>
        <source>Search for an action or a key</source>
        <translation>Aktion oder Taste suchen</translation>
    </message>
    <message>
        <source>Set of keys</source>
        <translation>Tastensatz</translation>
    </message>
    <message>
        <source>Undo all changes</source>
        <translation>Alle Änderungen zurücknehmen</translation>
    </message>
    <message>
        <source>Use this key</source>
        <translation>Diese Taste verwenden</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>keine Taste</translation>
    </message>
    <message>
        <source>scroll, with Ctrl zoom</source>
        <translation>Blättern, mit Strg Zoom</translation>
    </message>
    <message>
        <source>zoom, with Ctrl scroll</source>
        <translation>Zoom, mit Strg Blättern</translation>
    </message>
    <message>
        <source>{action}: {keys}</source>
        <translation>{action}: {keys}</translation>
    </message>
    <message>
        <source>{key} belongs to “{other}”. It is taken from there when you use it.</source>
        <translation>{key} gehört zu „{other}“ und wird dort weggenommen, wenn Sie sie verwenden.</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Every action, with or without a key, is found by its name under **{palette}** ({key}). There, **{change}** gives any action another key.</source>
        <translation>Jede Aktion, mit oder ohne Taste, findet sich mit ihrem Namen unter **{palette}** ({key}). Dort gibt **{change}** jeder Aktion eine andere Taste.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Keys and mouse</source>
        <translation>Tasten und Maus</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie tut</translation>
    </message>
</context>
<context>
    <name>Launch</name>
    <message>
        <source>A link asks for an archive that is not in your list. Add it first if you trust it.</source>
        <translation>Ein Link fragt nach einem Archiv, das nicht in Ihrer Liste steht. Fügen Sie es zuerst hinzu, wenn Sie ihm vertrauen.</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Lightbox ended while it was reading %d images. They can be left out from now on.</source>
        <translation>Lightbox endete, während es %d Bilder las. Sie können ab jetzt ausgelassen werden.</translation>
    </message>
</context>
<context>
    <name>LayoutGrid</name>
    <message>
        <source>Layout {rows} × {columns}</source>
        <translation>Layout {rows} × {columns}</translation>
    </message>
</context>
<context>
    <name>LayoutPopup</name>
    <message>
        <source>Layout</source>
        <translation>Layout</translation>
    </message>
</context>
<context>
    <name>LoadingPanel</name>
    <message>
        <source>%d at once (up to %d) · %s/s · %d repeated · %s received · %d waiting</source>
        <translation>%d zugleich (bis %d) · %s/s · %d wiederholt · %s empfangen · %d warten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Images are fetched and decoded side by side: the sums are longer than you wait.</source>
        <translation>Bilder werden nebeneinander geholt und dekodiert: Die Summen sind länger als Ihr Warten.</translation>
    </message>
    <message>
        <source>Most of it went into decoding on this computer.</source>
        <translation>Das meiste ging ins Dekodieren auf diesem Computer.</translation>
    </message>
    <message>
        <source>Most of it went into lists and metadata: the archive makes them slowly.</source>
        <translation>Das meiste ging in Listen und Metadaten: Das Archiv erstellt sie langsam.</translation>
    </message>
    <message>
        <source>Most of it went into painting: nothing is slow about loading.</source>
        <translation>Das meiste ging ins Zeichnen: Am Laden ist nichts langsam.</translation>
    </message>
    <message>
        <source>Most of it went into the search: the archive lists series slowly.</source>
        <translation>Das meiste ging in die Suche: Das Archiv listet Serien langsam.</translation>
    </message>
    <message>
        <source>Most of it went into the transfer: the line is full, or slow.</source>
        <translation>Das meiste ging in die Übertragung: Die Leitung ist voll oder langsam.</translation>
    </message>
    <message>
        <source>Most of it went into waiting for first bytes: the archive or the way to it answers slowly.</source>
        <translation>Das meiste ging ins Warten auf erste Bytes: Das Archiv oder der Weg dorthin antwortet langsam.</translation>
    </message>
    <message>
        <source>Nothing was loaded yet.</source>
        <translation>Es wurde noch nichts geladen.</translation>
    </message>
    <message>
        <source>Times, counts and sizes; no name, no address</source>
        <translation>Zeiten, Anzahlen und Größen; kein Name, keine Adresse</translation>
    </message>
    <message>
        <source>Where the time of loading went</source>
        <translation>Wohin die Ladezeit ging</translation>
    </message>
    <message>
        <source>Why is it slow?</source>
        <translation>Warum ist es langsam?</translation>
    </message>
</context>
<context>
    <name>LoadingSettingsPart</name>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Automatic is a quarter of the memory, from the next start on</source>
        <translation>Automatisch ist ein Viertel des Speichers, ab dem nächsten Start</translation>
    </message>
    <message>
        <source>Begin to load a study when the pointer rests on it in the worklist</source>
        <translation>Studie schon laden, wenn der Zeiger in der Arbeitsliste auf ihr ruht</translation>
    </message>
    <message>
        <source>Break off after silence of</source>
        <translation>Abbrechen nach Stille von</translation>
    </message>
    <message>
        <source>Encrypted. Where nothing was kept, it begins with the next start.</source>
        <translation>Verschlüsselt. Wo nichts behalten wurde, beginnt es mit dem nächsten Start.</translation>
    </message>
    <message>
        <source>How many there are finds itself out, for each archive</source>
        <translation>Wie viele es sind, findet sich selbst, je Archiv</translation>
    </message>
    <message>
        <source>Images in memory</source>
        <translation>Bilder im Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Images on this disk</source>
        <translation>Bilder auf dieser Festplatte</translation>
    </message>
    <message>
        <source>Its first images; it ends when the pointer leaves</source>
        <translation>Ihre ersten Bilder; es endet, wenn der Zeiger weitergeht</translation>
    </message>
    <message>
        <source>Laid down by the administrator of this workplace</source>
        <translation>Vom Administrator dieses Arbeitsplatzes festgelegt</translation>
    </message>
    <message>
        <source>Remove all images kept on this computer</source>
        <translation>Alle auf diesem Computer behaltenen Bilder entfernen</translation>
    </message>
    <message>
        <source>The key to them is forgotten: nobody can read them any more</source>
        <translation>Der Schlüssel dazu wird vergessen: Niemand kann sie mehr lesen</translation>
    </message>
    <message>
        <source>Transfers at once, at most</source>
        <translation>Übertragungen zugleich, höchstens</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>nothing is kept</source>
        <translation>nichts wird behalten</translation>
    </message>
</context>
<context>
    <name>LoadingTable</name>
    <message>
        <source>Decoding an image</source>
        <translation>Dekodieren eines Bildes</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>Insgesamt</translation>
    </message>
    <message>
        <source>List of series</source>
        <translation>Liste der Serien</translation>
    </message>
    <message>
        <source>Lists of images, metadata</source>
        <translation>Bildlisten, Metadaten</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>Längste</translation>
    </message>
    <message>
        <source>Painting</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Transfer of an image</source>
        <translation>Übertragung eines Bildes</translation>
    </message>
    <message>
        <source>Typical</source>
        <translation>Typisch</translation>
    </message>
    <message>
        <source>Waiting for an image&apos;s first byte</source>
        <translation>Warten auf das erste Byte</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>Do not use it</source>
        <translation>Nicht verwenden</translation>
    </message>
    <message>
        <source>Go on as this account</source>
        <translation>Mit diesem Konto weiter</translation>
    </message>
    <message>
        <source>Show the studies</source>
        <translation>Studien zeigen</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Erneut anmelden</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Your browser shows the sign-in page.</source>
        <translation>Ihr Browser zeigt die Anmeldeseite.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Conformance notes</source>
        <translation>Konformitätsnotizen</translation>
    </message>
    <message>
        <source>How %s turned out to speak DICOMweb, and what Lightbox works around; in English, for its makers. Nothing here is about a patient.</source>
        <translation>Wie %s DICOMweb tatsächlich spricht und was Lightbox umgeht; auf Englisch, für dessen Hersteller. Nichts hier betrifft einen Patienten.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Only the entry in this list goes. What the archive holds stays there, and you can add it again.</source>
        <translation>Nur der Eintrag in dieser Liste verschwindet. Was im Archiv liegt, bleibt dort, und Sie können es wieder hinzufügen.</translation>
    </message>
    <message>
        <source>Open a folder or a CD as an archive</source>
        <translation>Ordner oder CD als Archiv öffnen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove %s from the list?</source>
        <translation>%s aus der Liste entfernen?</translation>
    </message>
    <message>
        <source>The view is on the clipboard.</source>
        <translation>Die Ansicht ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>There is no picture or file on the clipboard that could be added here.</source>
        <translation>In der Zwischenablage ist kein Bild und keine Datei, die hier hinzugefügt werden könnte.</translation>
    </message>
    <message>
        <source>Upload a folder to %s</source>
        <translation>Ordner in %s hochladen</translation>
    </message>
    <message>
        <source>Upload files to %s</source>
        <translation>Dateien in %s hochladen</translation>
    </message>
</context>
<context>
    <name>MakeSheet</name>
    <message>
        <source>Add files to this study?</source>
        <translation>Dateien zu dieser Studie hinzufügen?</translation>
    </message>
    <message>
        <source>Add to the study</source>
        <translation>Zur Studie hinzufügen</translation>
    </message>
    <message>
        <source>Added files</source>
        <translation>Hinzugefügte Dateien</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Description of the new series</source>
        <translation>Beschreibung der neuen Serie</translation>
    </message>
    <message>
        <source>Document title</source>
        <translation>Titel des Dokuments</translation>
    </message>
    <message>
        <source>Files and what they become</source>
        <translation>Dateien und was aus ihnen wird</translation>
    </message>
    <message>
        <source>Looking at the files…</source>
        <translation>Dateien werden angesehen…</translation>
    </message>
    <message>
        <source>Names and dates that are written inside a picture or a document stay in it.</source>
        <translation>Namen und Daten, die in einem Bild oder Dokument stehen, bleiben darin.</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Photographs (VL Photographic Image)</source>
        <translation>Fotografien (VL Photographic Image)</translation>
    </message>
    <message>
        <source>Pictures are</source>
        <translation>Bilder sind</translation>
    </message>
    <message>
        <source>Pictures of a screen or a paper (Secondary Capture)</source>
        <translation>Bilder eines Bildschirms oder Papiers (Secondary Capture)</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>Title of the documents</source>
        <translation>Titel der Dokumente</translation>
    </message>
    <message>
        <source>What the pictures are</source>
        <translation>Was die Bilder sind</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Wird geschrieben…</translation>
    </message>
</context>
<context>
    <name>MakeTable</name>
    <message>
        <source>%d pages</source>
        <translation>%d Seiten</translation>
    </message>
    <message>
        <source>, %d frames</source>
        <translation>, %d Frames</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1 Seite</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>Wird zu</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>How it is kept</source>
        <translation>Wie es bewahrt wird</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
</context>
<context>
    <name>MakingsModel</name>
    <message numerus="yes">
        <source>%n files for a study</source>
        <translation>
            <numerusform>%n Datei für eine Studie</numerusform>
            <numerusform>%n Dateien für eine Studie</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MeasurementPanel</name>
    <message>
        <source>Angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <source>Arrow</source>
        <translation>Pfeil</translation>
    </message>
    <message>
        <source>As table</source>
        <translation>Als Tabelle</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>Achsen</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>Cobb</source>
        <translation>Cobb</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>Ellipse</translation>
    </message>
    <message>
        <source>Freehand</source>
        <translation>Freihand</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>MEASUREMENTS</source>
        <translation>MESSUNGEN</translation>
    </message>
    <message>
        <source>Measurements</source>
        <translation>Messungen</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Linienzug</translation>
    </message>
    <message>
        <source>Probe</source>
        <translation>Messpunkt</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>image %d</source>
        <translation>Bild %d</translation>
    </message>
    <message>
        <source>its image is not in this study any more</source>
        <translation>ihr Bild ist nicht mehr in dieser Studie</translation>
    </message>
    <message>
        <source>on another study of the patient, which is not open here</source>
        <translation>in einer anderen Studie des Patienten, die hier nicht offen ist</translation>
    </message>
</context>
<context>
    <name>MeasurementRow</name>
    <message>
        <source>Delete this measurement</source>
        <translation>Diese Messung löschen</translation>
    </message>
    <message>
        <source>Go to the image</source>
        <translation>Zum Bild gehen</translation>
    </message>
</context>
<context>
    <name>MonitorPattern</name>
    <message>
        <source>Test pattern</source>
        <translation>Testbild</translation>
    </message>
    <message>
        <source>Test pattern for the monitor. Esc closes it.</source>
        <translation>Testbild für den Monitor. Esc schließt es.</translation>
    </message>
    <message>
        <source>The small squares in the corners of every patch, the squares in black and in white, and all lines should be seen. {size}. Esc closes.</source>
        <translation>Die kleinen Quadrate in den Ecken jedes Feldes, die Quadrate in Schwarz und Weiß und alle Linien sollen zu sehen sein. {size}. Esc schließt.</translation>
    </message>
    <message>
        <source>this monitor does not say how large it is</source>
        <translation>dieser Monitor sagt nicht, wie groß er ist</translation>
    </message>
    <message>
        <source>{width} × {height} mm</source>
        <translation>{width} × {height} mm</translation>
    </message>
</context>
<context>
    <name>NetworkStatus</name>
    <message>
        <source>cache %s</source>
        <translation>Cache %s</translation>
    </message>
    <message>
        <source>memory %s</source>
        <translation>Speicher %s</translation>
    </message>
    <message>
        <source>waiting for the archive…</source>
        <translation>wartet auf das Archiv…</translation>
    </message>
    <message>
        <source>↓ %s/s · %d at once</source>
        <translation>↓ %s/s · %d zugleich</translation>
    </message>
</context>
<context>
    <name>NoticeStrip</name>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Read all of it</source>
        <translation>Alles lesen</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>OAuthClientModel</name>
    <message>
        <source>From the file that the command line named.</source>
        <translation>Aus der Datei, die die Befehlszeile nannte.</translation>
    </message>
    <message>
        <source>Set up by your administrator.</source>
        <translation>Von Ihrem Administrator eingerichtet.</translation>
    </message>
    <message>
        <source>Your own.</source>
        <translation>Ihre eigene.</translation>
    </message>
</context>
<context>
    <name>ObjectPage</name>
    <message>
        <source>All attributes of this object</source>
        <translation>Alle Attribute dieses Objekts</translation>
    </message>
    <message>
        <source>An object of a kind that is not known</source>
        <translation>Ein Objekt unbekannter Art</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Hide its drawings</source>
        <translation>Zeichnungen ausblenden</translation>
    </message>
    <message>
        <source>Opening …</source>
        <translation>Wird geöffnet …</translation>
    </message>
    <message>
        <source>Show its drawings on the images</source>
        <translation>Zeichnungen auf den Bildern zeigen</translation>
    </message>
    <message>
        <source>Show only these images</source>
        <translation>Nur diese Bilder zeigen</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>This object cannot be opened</source>
        <translation>Dieses Objekt kann nicht geöffnet werden</translation>
    </message>
    <message>
        <source>object {number} of {count}</source>
        <translation>Objekt {number} von {count}</translation>
    </message>
</context>
<context>
    <name>OpenPrior</name>
    <message>
        <source>This study holds no images that Lightbox can show.</source>
        <translation>Diese Studie enthält keine Bilder, die Lightbox zeigen kann.</translation>
    </message>
</context>
<context>
    <name>OverflowButton</name>
    <message>
        <source>More of this row</source>
        <translation>Mehr aus dieser Leiste</translation>
    </message>
</context>
<context>
    <name>PageCommands</name>
    <message>
        <source>True size cannot be shown: {why}.</source>
        <translation>Originalgröße ist nicht möglich: {why}.</translation>
    </message>
    <message>
        <source>the image has no calibration</source>
        <translation>das Bild hat keine Kalibrierung</translation>
    </message>
    <message>
        <source>this monitor does not say how large it is</source>
        <translation>dieser Monitor sagt nicht, wie groß er ist</translation>
    </message>
</context>
<context>
    <name>PageView</name>
    <message>
        <source>Page of the help</source>
        <translation>Seite der Hilfe</translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Sign in to %s</source>
        <translation>Bei %s anmelden</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
</context>
<context>
    <name>PatientCard</name>
    <message>
        <source>Another open patient has this name.</source>
        <translation>Ein anderer geöffneter Patient trägt diesen Namen.</translation>
    </message>
    <message>
        <source>No name</source>
        <translation>Ohne Namen</translation>
    </message>
    <message>
        <source>No patient ID</source>
        <translation>Ohne Patienten-ID</translation>
    </message>
    <message>
        <source>Patient: {text}</source>
        <translation>Patient: {text}</translation>
    </message>
    <message>
        <source>Study without description</source>
        <translation>Studie ohne Beschreibung</translation>
    </message>
</context>
<context>
    <name>PdfView</name>
    <message>
        <source>Page {number}</source>
        <translation>Seite {number}</translation>
    </message>
    <message>
        <source>Pages of the document</source>
        <translation>Seiten des Dokuments</translation>
    </message>
</context>
<context>
    <name>PixelExplanation</name>
    <message>
        <source>Pixel at column {column}, row {row}</source>
        <translation>Pixel in Spalte {column}, Zeile {row}</translation>
    </message>
    <message>
        <source>RGB {theirs}, here {ours}</source>
        <translation>RGB {theirs}, hier {ours}</translation>
    </message>
    <message>
        <source>The archive&apos;s own picture</source>
        <translation>Bild des Archivs</translation>
    </message>
    <message>
        <source>asking …</source>
        <translation>wird gefragt …</translation>
    </message>
    <message>
        <source>grey {theirs}, here {ours}</source>
        <translation>Grau {theirs}, hier {ours}</translation>
    </message>
    <message>
        <source>its picture has {columns} × {rows} pixels</source>
        <translation>sein Bild hat {columns} × {rows} Pixel</translation>
    </message>
    <message>
        <source>its picture is a JPEG, which is not exact</source>
        <translation>sein Bild ist ein JPEG, also nicht exakt</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>nicht gefragt</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>{n} apart</source>
        <translation>{n} auseinander</translation>
    </message>
</context>
<context>
    <name>PixelText</name>
    <message>
        <source>%s at (%d, %d)</source>
        <translation>%s bei (%d, %d)</translation>
    </message>
    <message>
        <source>%s of %d × %d</source>
        <translation>%s von %d × %d</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>kein Wert</translation>
    </message>
</context>
<context>
    <name>PlanTable</name>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>no name</source>
        <translation>ohne Namen</translation>
    </message>
</context>
<context>
    <name>PresendDialog</name>
    <message>
        <source>%s findings</source>
        <translation>%s Funde</translation>
    </message>
    <message>
        <source>%s in %s files. You can send them all the same.</source>
        <translation>%s in %s Dateien. Sie können trotzdem alle senden.</translation>
    </message>
    <message>
        <source>%s of %s files looked at, %s</source>
        <translation>%s von %s Dateien angesehen, %s</translation>
    </message>
    <message>
        <source>1 finding</source>
        <translation>1 Fund</translation>
    </message>
    <message>
        <source>As lines of tab-separated values</source>
        <translation>Als Zeilen mit Tabulatoren</translation>
    </message>
    <message>
        <source>Check before sending</source>
        <translation>Vor dem Senden prüfen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Files and what was found</source>
        <translation>Dateien und was gefunden wurde</translation>
    </message>
    <message>
        <source>Nothing was found in %s files.</source>
        <translation>In %s Dateien wurde nichts gefunden.</translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation>Fortschritt der Prüfung</translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open this study  (%s)</source>
        <translation>Diese Studie öffnen  (%s)</translation>
    </message>
    <message>
        <source>Preview of the selected study</source>
        <translation>Vorschau der gewählten Studie</translation>
    </message>
    <message>
        <source>Select a study to see its series here.</source>
        <translation>Wählen Sie eine Studie, um ihre Serien hier zu sehen.</translation>
    </message>
    <message>
        <source>The archive lists no series in this study. It may still be arriving.</source>
        <translation>Das Archiv listet keine Serie in dieser Studie. Vielleicht trifft sie noch ein.</translation>
    </message>
</context>
<context>
    <name>PriorButton</name>
    <message>
        <source>Other study: {text}</source>
        <translation>Andere Studie: {text}</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>could not be opened</source>
        <translation>konnte nicht geöffnet werden</translation>
    </message>
    <message>
        <source>reading …</source>
        <translation>wird gelesen …</translation>
    </message>
</context>
<context>
    <name>PriorList</name>
    <message numerus="yes">
        <source>%n archive(s) did not answer</source>
        <translation>
            <numerusform>%n Archiv antwortete nicht</numerusform>
            <numerusform>%n Archive antworteten nicht</numerusform>
        </translation>
    </message>
    <message>
        <source>OTHER STUDIES</source>
        <translation>ANDERE STUDIEN</translation>
    </message>
</context>
<context>
    <name>QuestionField</name>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text of the drawing</source>
        <translation>Text der Zeichnung</translation>
    </message>
    <message>
        <source>True length of the line</source>
        <translation>Wahre Länge der Linie</translation>
    </message>
    <message>
        <source>True length: 50 mm, 5 cm</source>
        <translation>Wahre Länge: 50 mm, 5 cm</translation>
    </message>
    <message>
        <source>Type a length as 50 mm or 5 cm</source>
        <translation>Länge eingeben wie 50 mm oder 5 cm</translation>
    </message>
</context>
<context>
    <name>ReportTable</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Ergebnis</translation>
    </message>
</context>
<context>
    <name>ReportText</name>
    <message>
        <source>Text of the document</source>
        <translation>Text des Dokuments</translation>
    </message>
</context>
<context>
    <name>ResourceItems</name>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>used before</source>
        <translation>schon benutzt</translation>
    </message>
</context>
<context>
    <name>ResourceTree</name>
    <message>
        <source>Listing…</source>
        <translation>Wird aufgelistet…</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>Hier ist nichts</translation>
    </message>
</context>
<context>
    <name>SavingNote</name>
    <message>
        <source>Storing your work…</source>
        <translation>Ihre Arbeit wird gespeichert …</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Any date</source>
        <translation>Beliebiges Datum</translation>
    </message>
    <message>
        <source>Any modality</source>
        <translation>Alle Modalitäten</translation>
    </message>
    <message>
        <source>Ask the archive now  (Enter)</source>
        <translation>Archiv jetzt fragen  (Enter)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Alle Filter löschen</translation>
    </message>
    <message>
        <source>Clear the search text</source>
        <translation>Suchtext löschen</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>Von … bis …</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>Name, ID, accession number or description  (%s)</source>
        <translation>Name, ID, Anforderungsnummer oder Beschreibung  (%s)</translation>
    </message>
    <message>
        <source>Name, ID, accession or description</source>
        <translation>Name, ID, Anforderungsnr. oder Beschreibung</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search in all studies</source>
        <translation>In allen Studien suchen</translation>
    </message>
    <message>
        <source>Studies that contain this modality</source>
        <translation>Studien, die diese Modalität enthalten</translation>
    </message>
    <message>
        <source>Study description</source>
        <translation>Studienbeschreibung</translation>
    </message>
    <message>
        <source>Study description; * stands for anything</source>
        <translation>Studienbeschreibung; * steht für Beliebiges</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>When the study was made</source>
        <translation>Wann die Studie entstand</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>from %s</source>
        <translation>ab %s</translation>
    </message>
    <message>
        <source>until %s</source>
        <translation>bis %s</translation>
    </message>
</context>
<context>
    <name>SeriesRail</name>
    <message numerus="yes">
        <source>%n image(s) could not be shown</source>
        <translation>
            <numerusform>%n Bild konnte nicht gezeigt werden</numerusform>
            <numerusform>%n Bilder konnten nicht gezeigt werden</numerusform>
        </translation>
    </message>
    <message>
        <source>Listing images…</source>
        <translation>Bilder werden aufgelistet…</translation>
    </message>
    <message>
        <source>More in this study</source>
        <translation>Mehr in dieser Studie</translation>
    </message>
    <message>
        <source>The archive lists no image of this series.</source>
        <translation>Das Archiv listet kein Bild dieser Serie.</translation>
    </message>
    <message>
        <source>The archive says that there are %d objects, but lists %d.</source>
        <translation>Das Archiv sagt, es gebe %d Objekte, listet aber %d.</translation>
    </message>
    <message>
        <source>The archive says that there are %d series, but lists %d.</source>
        <translation>Das Archiv sagt, es gebe %d Serien, listet aber %d.</translation>
    </message>
    <message>
        <source>The list of images broke off. %s</source>
        <translation>Die Liste der Bilder brach ab. %s</translation>
    </message>
</context>
<context>
    <name>SeriesStrip</name>
    <message>
        <source>SERIES</source>
        <translation>SERIEN</translation>
    </message>
    <message>
        <source>Series of the study</source>
        <translation>Serien der Studie</translation>
    </message>
</context>
<context>
    <name>SessionKeeper</name>
    <message numerus="yes">
        <source>%n drawing(s) lie on images that this study no longer holds ({series}). They are kept.</source>
        <translation>
            <numerusform>%n Zeichnung liegt auf Bildern, die diese Studie nicht mehr enthält ({series}). Sie wird behalten.</numerusform>
            <numerusform>%n Zeichnungen liegen auf Bildern, die diese Studie nicht mehr enthält ({series}). Sie werden behalten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) were open when Lightbox ended.</source>
        <translation>
            <numerusform>%n Studie war offen, als Lightbox endete.</numerusform>
            <numerusform>%n Studien waren offen, als Lightbox endete.</numerusform>
        </translation>
    </message>
    <message>
        <source>A part of the record of your last session cannot be read. Everything else is back.</source>
        <translation>Ein Teil der Aufzeichnung Ihrer letzten Sitzung kann nicht gelesen werden. Alles andere ist wieder da.</translation>
    </message>
    <message>
        <source>A study of the last session is in an archive that is no longer in the list.</source>
        <translation>Eine Studie der letzten Sitzung liegt in einem Archiv, das nicht mehr in der Liste steht.</translation>
    </message>
    <message>
        <source>Nothing of a patient may stay on this computer, or the key of the record cannot be kept.</source>
        <translation>Nichts von einem Patienten darf auf diesem Computer bleiben, oder der Schlüssel der Aufzeichnung kann nicht aufbewahrt werden.</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>The file as it was is kept as {name}.</source>
        <translation>Die Datei, wie sie war, bleibt als {name} erhalten.</translation>
    </message>
    <message>
        <source>The record of your last session breaks off. Everything before that is back.</source>
        <translation>Die Aufzeichnung Ihrer letzten Sitzung bricht ab. Alles davor ist wieder da.</translation>
    </message>
    <message>
        <source>What you draw is lost when Lightbox ends: it cannot be kept here.</source>
        <translation>Was Sie zeichnen, geht verloren, wenn Lightbox endet: Es kann hier nicht aufbewahrt werden.</translation>
    </message>
    <message>
        <source>series unknown</source>
        <translation>Serie unbekannt</translation>
    </message>
</context>
<context>
    <name>SessionModel</name>
    <message>
        <source>%d minutes</source>
        <translation>%d Minuten</translation>
    </message>
    <message>
        <source>%s signed in here. Sign in again to see the studies.</source>
        <translation>%s hat sich hier angemeldet. Melden Sie sich wieder an, um die Studien zu sehen.</translation>
    </message>
    <message>
        <source>Another account came back</source>
        <translation>Ein anderes Konto kam zurück</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Nobody used this screen for a while. Nobody is signed in.</source>
        <translation>Dieser Bildschirm wurde eine Weile nicht benutzt. Niemand ist angemeldet.</translation>
    </message>
    <message>
        <source>Show it again</source>
        <translation>Erneut zeigen</translation>
    </message>
    <message>
        <source>Sign in at %s in your browser.</source>
        <translation>Melden Sie sich im Browser bei %s an.</translation>
    </message>
    <message>
        <source>This screen was opened by %s, and now %s signed in. Nothing is shown until you decide. Going on closes the open studies of that archive first.</source>
        <translation>Dieser Bildschirm wurde von %s geöffnet, und jetzt hat sich %s angemeldet. Nichts wird gezeigt, bis Sie entscheiden. Weitermachen schließt zuerst die offenen Studien dieses Archivs.</translation>
    </message>
    <message>
        <source>Your sign-in at %s ends in %s.</source>
        <translation>Ihre Anmeldung bei %s endet in %s.</translation>
    </message>
    <message>
        <source>Your sign-in at %s has ended. What you see stays; the rest waits.</source>
        <translation>Ihre Anmeldung bei %s ist abgelaufen. Was Sie sehen, bleibt; der Rest wartet.</translation>
    </message>
    <message>
        <source>a minute</source>
        <translation>einer Minute</translation>
    </message>
    <message>
        <source>somebody else</source>
        <translation>jemand anderes</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>   (set up by your administrator)</source>
        <translation>   (von Ihrem Administrator eingerichtet)</translation>
    </message>
    <message>
        <source>After 15 minutes without input</source>
        <translation>Nach 15 Minuten ohne Eingabe</translation>
    </message>
    <message>
        <source>After 30 minutes without input</source>
        <translation>Nach 30 Minuten ohne Eingabe</translation>
    </message>
    <message>
        <source>After 5 minutes without input</source>
        <translation>Nach 5 Minuten ohne Eingabe</translation>
    </message>
    <message>
        <source>After an hour without input</source>
        <translation>Nach einer Stunde ohne Eingabe</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Archives</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>As this computer</source>
        <translation>Wie dieser Computer</translation>
    </message>
    <message>
        <source>By its rule, or as you hung such studies before. F8 does it at any time.</source>
        <translation>Nach ihrer Regel, oder wie Sie solche Studien zuletzt gehängt haben. F8 tut es jederzeit.</translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation>Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client-ID</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Client-Secret</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Hang a study by itself when it is opened</source>
        <translation>Studie beim Öffnen von selbst hängen</translation>
    </message>
    <message>
        <source>Keep passwords and tokens that I type in the keychain of this computer</source>
        <translation>Eingegebene Passwörter und Token im Schlüsselbund dieses Computers aufbewahren</translation>
    </message>
    <message>
        <source>Laid down by the administrator of this workplace</source>
        <translation>Vom Administrator dieses Arbeitsplatzes festgelegt</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Lightbox speaks it from the next start on.</source>
        <translation>Lightbox spricht sie ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Loading and uploads</source>
        <translation>Laden und Hochladen</translation>
    </message>
    <message>
        <source>Lock the screen</source>
        <translation>Bildschirm sperren</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>OAuth client (*.json)</source>
        <translation>OAuth-Client (*.json)</translation>
    </message>
    <message>
        <source>Otherwise only before large ones and those with problems; small ones begin as soon as they are dropped</source>
        <translation>Sonst nur vor großen und solchen mit Problemen; kleine beginnen, sobald sie abgelegt sind</translation>
    </message>
    <message>
        <source>Otherwise they last until you quit. They are never written to a file.</source>
        <translation>Sonst gelten sie, bis Sie beenden. Sie werden nie in eine Datei geschrieben.</translation>
    </message>
    <message>
        <source>Passwords and the screen</source>
        <translation>Passwörter und Bildschirm</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Befundung</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Show what goes where before every upload, with its choices</source>
        <translation>Vor jedem Hochladen zeigen, was wohin geht, mit den Optionen</translation>
    </message>
    <message>
        <source>Signing in to Google Cloud</source>
        <translation>Anmeldung bei Google Cloud</translation>
    </message>
    <message>
        <source>The file of an OAuth client</source>
        <translation>Datei eines OAuth-Clients</translation>
    </message>
    <message>
        <source>The file of an OAuth client from Google&apos;s console</source>
        <translation>Datei eines OAuth-Clients aus der Google-Konsole</translation>
    </message>
    <message>
        <source>This workplace</source>
        <translation>Dieser Arbeitsplatz</translation>
    </message>
    <message>
        <source>kept as it is</source>
        <translation>bleibt, wie es ist</translation>
    </message>
    <message>
        <source>path of a .pem file, if a proxy opens your network&apos;s connections</source>
        <translation>Pfad einer .pem-Datei, falls in Ihrem Netz ein Proxy mitliest</translation>
    </message>
</context>
<context>
    <name>SignInDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Google&apos;s page</source>
        <translation>Google-Seite</translation>
    </message>
    <message>
        <source>If no browser opened, copy the address and open it on this computer.</source>
        <translation>Falls sich kein Browser öffnete: Adresse kopieren und auf diesem Computer öffnen.</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Sign in to %s</source>
        <translation>Bei %s anmelden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Your browser shows the sign-in page again.</source>
        <translation>Ihr Browser zeigt die Anmeldeseite erneut.</translation>
    </message>
    <message>
        <source>Your browser shows the sign-in page. Sign in there; Lightbox comes back by itself.</source>
        <translation>Ihr Browser zeigt die Anmeldeseite. Melden Sie sich dort an; Lightbox kommt von selbst zurück.</translation>
    </message>
</context>
<context>
    <name>SliceBar</name>
    <message>
        <source>Images of the series: where you are, and which are here</source>
        <translation>Bilder der Serie: wo Sie sind und welche da sind</translation>
    </message>
</context>
<context>
    <name>SlideModel</name>
    <message>
        <source>This slide does not say how its tiles lie. It cannot be shown as one image.</source>
        <translation>Dieses Präparat sagt nicht, wie seine Kacheln liegen. Es kann nicht als ein Bild gezeigt werden.</translation>
    </message>
</context>
<context>
    <name>StudyHeader</name>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
</context>
<context>
    <name>StudyTable</name>
    <message>
        <source>Arrange as at first</source>
        <translation>Wie zu Anfang anordnen</translation>
    </message>
    <message>
        <source>Studies</source>
        <translation>Studien</translation>
    </message>
</context>
<context>
    <name>StudyTabs</name>
    <message>
        <source>Worklist</source>
        <translation>Arbeitsliste</translation>
    </message>
    <message>
        <source>Worklist and open studies</source>
        <translation>Arbeitsliste und offene Studien</translation>
    </message>
</context>
<context>
    <name>StudyWork</name>
    <message numerus="yes">
        <source>%n of these images is not in the study that the archive lists.</source>
        <translation>
            <numerusform>%n dieser Bilder ist nicht in der Studie, die das Archiv listet.</numerusform>
            <numerusform>%n dieser Bilder sind nicht in der Studie, die das Archiv listet.</numerusform>
        </translation>
    </message>
    <message>
        <source>A stored view keeps quarter turns only; the free angle is lost.</source>
        <translation>Eine gespeicherte Ansicht behält nur Vierteldrehungen; der freie Winkel geht verloren.</translation>
    </message>
    <message>
        <source>Key images</source>
        <translation>Schlüsselbilder</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Erneut senden</translation>
    </message>
    <message>
        <source>The archive did not take your work: %s It is kept on this computer.</source>
        <translation>Das Archiv hat Ihre Arbeit nicht angenommen: %s Sie bleibt auf diesem Computer.</translation>
    </message>
    <message>
        <source>The image that this points to is not in the study that the archive lists.</source>
        <translation>Das Bild, auf das dies zeigt, ist nicht in der Studie, die das Archiv listet.</translation>
    </message>
    <message>
        <source>This presentation state is for images that are not in this study.</source>
        <translation>Dieser Präsentationszustand gilt für Bilder, die nicht in dieser Studie sind.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Work on this study is still on this computer and not in the archive.</source>
        <translation>Arbeit an dieser Studie liegt noch auf diesem Computer und nicht im Archiv.</translation>
    </message>
    <message>
        <source>Your work is stored in %s.</source>
        <translation>Ihre Arbeit ist in %s gespeichert.</translation>
    </message>
    <message>
        <source>Your work was not saved: %s It is still in this window.</source>
        <translation>Ihre Arbeit wurde nicht gespeichert: %s Sie ist noch in diesem Fenster.</translation>
    </message>
</context>
<context>
    <name>TagsDialog</name>
    <message numerus="yes">
        <source>%n attribute(s)</source>
        <translation>
            <numerusform>%n Attribut</numerusform>
            <numerusform>%n Attribute</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s)</source>
        <translation>
            <numerusform>%n Unterschied</numerusform>
            <numerusform>%n Unterschiede</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n gefunden</numerusform>
            <numerusform>%n gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Comparing …</source>
        <translation>Wird verglichen …</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy what is selected</source>
        <translation>Auswahl kopieren</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Opening …</source>
        <translation>Wird geöffnet …</translation>
    </message>
    <message>
        <source>Search in the attributes</source>
        <translation>In den Attributen suchen</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Tag, name, keyword or value</source>
        <translation>Tag, Name, Schlüsselwort oder Wert</translation>
    </message>
    <message>
        <source>The other one</source>
        <translation>Die andere</translation>
    </message>
    <message>
        <source>This instance</source>
        <translation>Diese Instanz</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
</context>
<context>
    <name>TagsModel</name>
    <message>
        <source>Keyword</source>
        <translation>Schlüsselwort</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>VR</source>
        <translation>VR</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>private</source>
        <translation>privat</translation>
    </message>
</context>
<context>
    <name>TestPanel</name>
    <message>
        <source>It answers</source>
        <translation>Es antwortet</translation>
    </message>
    <message>
        <source>It does not answer</source>
        <translation>Es antwortet nicht</translation>
    </message>
    <message>
        <source>May you upload? %s</source>
        <translation>Dürfen Sie hochladen? %s</translation>
    </message>
    <message>
        <source>Trying it…</source>
        <translation>Wird ausprobiert…</translation>
    </message>
    <message>
        <source>You are not signed in</source>
        <translation>Sie sind nicht angemeldet</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>Sie sind angemeldet</translation>
    </message>
    <message>
        <source>You may not search</source>
        <translation>Sie dürfen nicht suchen</translation>
    </message>
    <message>
        <source>You may not upload</source>
        <translation>Sie dürfen nicht hochladen</translation>
    </message>
    <message>
        <source>You may search and read</source>
        <translation>Sie dürfen suchen und lesen</translation>
    </message>
    <message>
        <source>You may upload</source>
        <translation>Sie dürfen hochladen</translation>
    </message>
</context>
<context>
    <name>TextDetails</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Click to see where the time goes</source>
        <translation>Klicken, um zu sehen, wohin die Zeit geht</translation>
    </message>
    <message>
        <source>Images that are held in memory, and kept on this computer</source>
        <translation>Bilder im Arbeitsspeicher und auf diesem Computer behaltene</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Signed in as %s</source>
        <translation>Angemeldet als %s</translation>
    </message>
    <message>
        <source>What is being fetched, and how fast</source>
        <translation>Was geholt wird und wie schnell</translation>
    </message>
</context>
<context>
    <name>TroubleBanner</name>
    <message>
        <source>%d more archive could not be searched</source>
        <translation>%d weiteres Archiv konnte nicht durchsucht werden</translation>
    </message>
    <message>
        <source>%d more archives could not be searched</source>
        <translation>%d weitere Archive konnten nicht durchsucht werden</translation>
    </message>
</context>
<context>
    <name>UpdatesModel</name>
    <message>
        <source>Lightbox looks for newer versions nowhere: your administrator named no address for that.</source>
        <translation>Lightbox sucht nirgends nach neueren Versionen: Ihr Administrator hat dafür keine Adresse genannt.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht…</translation>
    </message>
    <message>
        <source>This is version {version}, the newest.</source>
        <translation>Dies ist Version {version}, die neueste.</translation>
    </message>
    <message>
        <source>This is version {version}. {address} knows of newer ones.</source>
        <translation>Dies ist Version {version}. {address} kennt neuere.</translation>
    </message>
    <message>
        <source>Version {version} of Lightbox is there. Ask your administrator for it.</source>
        <translation>Version {version} von Lightbox ist da. Bitten Sie Ihren Administrator darum.</translation>
    </message>
    <message>
        <source>Version {version} of Lightbox is there. Your administrator installs it; more about it: {page}</source>
        <translation>Version {version} von Lightbox ist da. Ihr Administrator installiert sie; mehr darüber: {page}</translation>
    </message>
</context>
<context>
    <name>UploadReport</name>
    <message>
        <source>All files (%s)</source>
        <translation>Alle Dateien (%s)</translation>
    </message>
    <message>
        <source>As lines of tab-separated values</source>
        <translation>Als Zeilen mit Tabulatoren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>Kommagetrennte Werte (*.csv)</translation>
    </message>
    <message>
        <source>Compare the chosen file with what the archive has under its UID</source>
        <translation>Gewählte Datei mit dem vergleichen, was das Archiv unter ihrer UID hat</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>File or reason</source>
        <translation>Datei oder Grund</translation>
    </message>
    <message>
        <source>Files and their verdicts</source>
        <translation>Dateien und ihr Ergebnis</translation>
    </message>
    <message>
        <source>Find a file or a reason</source>
        <translation>Datei oder Grund suchen</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Als CSV speichern…</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Show one verdict</source>
        <translation>Ein Ergebnis zeigen</translation>
    </message>
    <message>
        <source>The report was not saved</source>
        <translation>Der Bericht wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>Upload report</source>
        <translation>Hochladebericht</translation>
    </message>
    <message>
        <source>What differs?</source>
        <translation>Was weicht ab?</translation>
    </message>
</context>
<context>
    <name>UploadRowView</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Look and send…</source>
        <translation>Ansehen und senden…</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause or go on; what is under way is sent to its end</source>
        <translation>Anhalten oder fortsetzen; was unterwegs ist, wird zu Ende gesendet</translation>
    </message>
    <message>
        <source>Progress of the upload</source>
        <translation>Fortschritt des Hochladens</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Erneut senden</translation>
    </message>
    <message>
        <source>Show which files, and why</source>
        <translation>Zeigen, welche Dateien und warum</translation>
    </message>
    <message>
        <source>Stop this upload; what is stored stays stored</source>
        <translation>Hochladen abbrechen; was gespeichert ist, bleibt gespeichert</translation>
    </message>
    <message>
        <source>What became of each file</source>
        <translation>Was aus jeder Datei wurde</translation>
    </message>
    <message>
        <source>What failed or was not sent, once more</source>
        <translation>Fehlgeschlagenes und nicht Gesendetes noch einmal</translation>
    </message>
    <message>
        <source>What goes where, before anything is sent</source>
        <translation>Was wohin geht, bevor etwas gesendet wird</translation>
    </message>
</context>
<context>
    <name>UploadSheet</name>
    <message>
        <source>Check the files…</source>
        <translation>Dateien prüfen…</translation>
    </message>
    <message>
        <source>Do not upload</source>
        <translation>Nicht hochladen</translation>
    </message>
    <message>
        <source>Look for missing attributes, values that are not allowed, duplicates, and names that do not fit</source>
        <translation>Fehlende Attribute, unerlaubte Werte, Doppelte und unpassende Namen suchen</translation>
    </message>
    <message>
        <source>Studies that would be sent</source>
        <translation>Studien, die gesendet würden</translation>
    </message>
    <message>
        <source>Upload to %s</source>
        <translation>In %s hochladen</translation>
    </message>
    <message>
        <source>Upload to %s?</source>
        <translation>In %s hochladen?</translation>
    </message>
    <message>
        <source>Which, and why?</source>
        <translation>Welche, und warum?</translation>
    </message>
</context>
<context>
    <name>UploadTray</name>
    <message>
        <source>Hide what is finished</source>
        <translation>Fertige ausblenden</translation>
    </message>
    <message>
        <source>Uploads</source>
        <translation>Hochladen</translation>
    </message>
</context>
<context>
    <name>UploadsModel</name>
    <message numerus="yes">
        <source>%n items</source>
        <translation>
            <numerusform>%n Element</numerusform>
            <numerusform>%n Elemente</numerusform>
        </translation>
    </message>
    <message>
        <source>%s left</source>
        <translation>noch %s</translation>
    </message>
    <message>
        <source>Interrupted. It goes on by itself as soon as you are signed in.</source>
        <translation>Unterbrochen. Es geht von selbst weiter, sobald Sie angemeldet sind.</translation>
    </message>
    <message>
        <source>The archive is no longer in the list. Add it again and restart.</source>
        <translation>Das Archiv steht nicht mehr in der Liste. Fügen Sie es wieder hinzu und starten Sie neu.</translation>
    </message>
</context>
<context>
    <name>ViewerModel</name>
    <message>
        <source>The archive lists no series in this study. It may still be arriving; try again in a moment.</source>
        <translation>Das Archiv listet keine Serie in dieser Studie. Vielleicht trifft sie noch ein; versuchen Sie es gleich erneut.</translation>
    </message>
</context>
<context>
    <name>ViewerPage</name>
    <message>
        <source>Compare with the next</source>
        <translation>Mit der nächsten vergleichen</translation>
    </message>
    <message>
        <source>Compare with the previous</source>
        <translation>Mit der vorigen vergleichen</translation>
    </message>
    <message>
        <source>Delete this series from its archive…</source>
        <translation>Diese Serie aus ihrem Archiv löschen…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>No series of this study holds images that Lightbox can show. The cards on the left say why.</source>
        <translation>Keine Serie dieser Studie enthält Bilder, die Lightbox zeigen kann. Die Karten links sagen, warum.</translation>
    </message>
    <message>
        <source>Reading the study …</source>
        <translation>Studie wird gelesen …</translation>
    </message>
    <message>
        <source>Scale from: {source}</source>
        <translation>Maßstab aus: {source}</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
</context>
<context>
    <name>ViewerToolbar</name>
    <message>
        <source>More drawings and measurements</source>
        <translation>Mehr Zeichnungen und Messungen</translation>
    </message>
    <message>
        <source>More tools</source>
        <translation>Mehr Werkzeuge</translation>
    </message>
</context>
<context>
    <name>ViewportCanvas</name>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>Copy what a technician would ask for</source>
        <translation>Kopieren, was ein Techniker wissen will</translation>
    </message>
    <message>
        <source>Empty viewport</source>
        <translation>Leere Ansicht</translation>
    </message>
    <message>
        <source>Loading image {number} …</source>
        <translation>Bild {number} wird geladen …</translation>
    </message>
    <message>
        <source>This series holds no images.</source>
        <translation>Diese Serie enthält keine Bilder.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>ViewportModel</name>
    <message>
        <source>{rate} images/s</source>
        <translation>{rate} Bilder/s</translation>
    </message>
</context>
<context>
    <name>WaveformPaper</name>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
</context>
<context>
    <name>WaveformView</name>
    <message>
        <source>Group of channels</source>
        <translation>Kanalgruppe</translation>
    </message>
    <message>
        <source>Waveforms</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>height: each channel&apos;s own range</source>
        <translation>Höhe: eigener Bereich jedes Kanals</translation>
    </message>
    <message>
        <source>{seconds} s at {rate} Hz</source>
        <translation>{seconds} s mit {rate} Hz</translation>
    </message>
</context>
<context>
    <name>WindowButton</name>
    <message>
        <source>Colour map</source>
        <translation>Farbtabelle</translation>
    </message>
    <message>
        <source>Interpolation</source>
        <translation>Interpolation</translation>
    </message>
    <message>
        <source>Values in</source>
        <translation>Werte in</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Window: {name}</source>
        <translation>Fenster: {name}</translation>
    </message>
    <message>
        <source>Windows and presets  (0 to 9)</source>
        <translation>Fenster und Voreinstellungen  (0 bis 9)</translation>
    </message>
    <message>
        <source>stored values</source>
        <translation>gespeicherte Werte</translation>
    </message>
</context>
<context>
    <name>WindowDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Zentrum</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Window width and centre</source>
        <translation>Breite und Zentrum des Fensters</translation>
    </message>
</context>
<context>
    <name>WorkPanel</name>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Hide its drawings</source>
        <translation>Zeichnungen ausblenden</translation>
    </message>
    <message>
        <source>Its drawings on the images</source>
        <translation>Zeichnungen auf den Bildern</translation>
    </message>
    <message>
        <source>STORED IN THIS STUDY</source>
        <translation>IN DIESER STUDIE GESPEICHERT</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show its image as it says, with its drawings</source>
        <translation>Bild wie beschrieben zeigen, mit Zeichnungen</translation>
    </message>
    <message>
        <source>Show only these images</source>
        <translation>Nur diese Bilder zeigen</translation>
    </message>
    <message>
        <source>Work stored in this study</source>
        <translation>In dieser Studie gespeicherte Arbeit</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>Ihre</translation>
    </message>
</context>
<context>
    <name>WorklistModel</name>
    <message numerus="yes">
        <source>%n studies</source>
        <translation>
            <numerusform>%n Studie</numerusform>
            <numerusform>%n Studien</numerusform>
        </translation>
    </message>
    <message>
        <source>%s in %d archives</source>
        <translation>%s in %d Archiven</translation>
    </message>
    <message>
        <source>1 study</source>
        <translation>1 Studie</translation>
    </message>
    <message>
        <source>First %d studies — more exist, scroll to load</source>
        <translation>Erste %d Studien — es gibt mehr, zum Laden blättern</translation>
    </message>
    <message>
        <source>No study matches. Change or clear the filters.</source>
        <translation>Keine Studie passt. Ändern oder löschen Sie die Filter.</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Wird gesucht…</translation>
    </message>
    <message>
        <source>The sign-in has ended. Sign in again to see the studies.</source>
        <translation>Die Anmeldung ist abgelaufen. Melden Sie sich wieder an, um die Studien zu sehen.</translation>
    </message>
    <message>
        <source>This archive holds no studies yet. Drop DICOM files here to store some.</source>
        <translation>Dieses Archiv enthält noch keine Studien. Legen Sie DICOM-Dateien hier ab, um welche zu speichern.</translation>
    </message>
    <message>
        <source>You are signed out. Sign in to see the studies.</source>
        <translation>Sie sind abgemeldet. Melden Sie sich an, um die Studien zu sehen.</translation>
    </message>
    <message>
        <source>more exist in %s, scroll to load</source>
        <translation>es gibt mehr in %s, zum Laden weiterrollen</translation>
    </message>
    <message>
        <source>still searching %s</source>
        <translation>%s wird noch durchsucht</translation>
    </message>
</context>
<context>
    <name>WorklistPage</name>
    <message>
        <source>%d archives</source>
        <translation>%d Archiven</translation>
    </message>
    <message>
        <source>%d archives hold no studies yet.</source>
        <translation>In %d Archiven liegen noch keine Studien.</translation>
    </message>
    <message>
        <source>%s holds no studies yet.</source>
        <translation>%s enthält noch keine Studien.</translation>
    </message>
    <message>
        <source>Above stands what each of them needs.</source>
        <translation>Darüber steht, was jedes von ihnen braucht.</translation>
    </message>
    <message>
        <source>Add an archive</source>
        <translation>Archiv hinzufügen</translation>
    </message>
    <message>
        <source>Change the search, or look at everything there is.</source>
        <translation>Suche ändern oder alles Vorhandene ansehen.</translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Alle Filter löschen</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>Do not show this any more</source>
        <translation>Nicht mehr zeigen</translation>
    </message>
    <message>
        <source>Double-click a study to read it. Drop DICOM files here to store them.</source>
        <translation>Doppelklick auf eine Studie öffnet sie. DICOM-Dateien hier ablegen, um sie zu speichern.</translation>
    </message>
    <message>
        <source>Drop DICOM files or folders anywhere in this window to store some.</source>
        <translation>DICOM-Dateien oder Ordner irgendwo in diesem Fenster ablegen, um sie zu speichern.</translation>
    </message>
    <message>
        <source>No study in %s matches.</source>
        <translation>Keine Studie in %s passt.</translation>
    </message>
    <message>
        <source>None of the archives could be searched.</source>
        <translation>Keines der Archive konnte durchsucht werden.</translation>
    </message>
    <message>
        <source>Open the page that helps</source>
        <translation>Hilfreiche Seite öffnen</translation>
    </message>
    <message>
        <source>Searching %s…</source>
        <translation>%s wird durchsucht…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>WorklistTable</name>
    <message>
        <source>Accession</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Geboren</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Referring</source>
        <translation>Überweiser</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serien</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Geschl.</translation>
    </message>
    <message>
        <source>Study date</source>
        <translation>Studiendatum</translation>
    </message>
</context>
<context>
    <name>WorkplacePart</name>
    <message>
        <source>Lightbox records which study was opened, sent, exported or deleted when and by whom, without names.</source>
        <translation>Lightbox zeichnet auf, welche Studie wann und von wem geöffnet, gesendet, exportiert oder gelöscht wurde, ohne Namen.</translation>
    </message>
    <message>
        <source>Lines as they are recorded, with their hashes (*.jsonl)</source>
        <translation>Zeilen wie aufgezeichnet, mit ihren Prüfsummen (*.jsonl)</translation>
    </message>
    <message>
        <source>Look for a newer version</source>
        <translation>Nach neuerer Version suchen</translation>
    </message>
    <message>
        <source>Save the record of what was done</source>
        <translation>Protokoll der Vorgänge speichern</translation>
    </message>
    <message>
        <source>Save the record…</source>
        <translation>Protokoll speichern…</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
</context>
<context>
    <name>ZipPassword</name>
    <message>
        <source>%s is protected. Its password is kept for this upload only. A wrong one is asked for again.</source>
        <translation>%s ist geschützt. Das Passwort wird nur für dieses Hochladen behalten. Nach einem falschen wird erneut gefragt.</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Password of the ZIP</source>
        <translation>Passwort der ZIP-Datei</translation>
    </message>
    <message>
        <source>This ZIP has a password</source>
        <translation>Diese ZIP-Datei hat ein Passwort</translation>
    </message>
</context>
<context>
    <name>_DropMark</name>
    <message>
        <source>The series goes here</source>
        <translation>Hierhin kommt die Serie</translation>
    </message>
</context>
<context>
    <name>_FittingScrollArea</name>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
</context>
<context>
    <name>_Page</name>
    <message>
        <source>Keys and what they do</source>
        <translation>Tasten und was sie tun</translation>
    </message>
</context>
<context>
    <name>archive</name>
    <message>
        <source>The list of the local archive was damaged. It was made anew from the archive&apos;s files; the damaged one is kept beside them as catalogue.db.old.</source>
        <translation>Die Liste des lokalen Archivs war beschädigt. Sie wurde aus den Dateien des Archivs neu erstellt; die beschädigte liegt daneben als catalogue.db.old.</translation>
    </message>
</context>
<context>
    <name>archives</name>
    <message>
        <source>The port is a number below 65536, or nothing.</source>
        <translation>Der Port ist eine Zahl unter 65536 oder leer.</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>auf diesem Computer</translation>
    </message>
</context>
<context>
    <name>auth</name>
    <message>
        <source>A user name cannot hold a colon.</source>
        <translation>Ein Benutzername darf keinen Doppelpunkt enthalten.</translation>
    </message>
    <message>
        <source>Access was not allowed in the browser, so nothing was opened. Sign in again, and allow it if that is what you want.</source>
        <translation>Der Zugriff wurde im Browser nicht erlaubt, daher wurde nichts geöffnet. Melden Sie sich erneut an und erlauben Sie ihn, wenn Sie das möchten.</translation>
    </message>
    <message>
        <source>Another program uses port {port} of this computer, which this sign-in needs. Close it, then try again; or ask your administrator for another port (redirect_port in archives.toml).</source>
        <translation>Ein anderes Programm benutzt Port {port} dieses Computers, den diese Anmeldung braucht. Schließen Sie es und versuchen Sie es erneut; oder bitten Sie Ihren Administrator um einen anderen Port (redirect_port in archives.toml).</translation>
    </message>
    <message>
        <source>Check its password.</source>
        <translation>Prüfen Sie das Passwort.</translation>
    </message>
    <message>
        <source>Google credentials of the kind “{kind}” cannot be used here. Use “gcloud auth application-default login” or the file of a service account.</source>
        <translation>Google-Zugangsdaten der Art „{kind}“ können hier nicht verwendet werden. Verwenden Sie „gcloud auth application-default login“ oder die Datei eines Dienstkontos.</translation>
    </message>
    <message>
        <source>Google does not accept the key of this service account: it was deleted or disabled. Ask its owner for another file.</source>
        <translation>Google akzeptiert den Schlüssel dieses Dienstkontos nicht: Er wurde gelöscht oder deaktiviert. Bitten Sie dessen Besitzer um eine andere Datei.</translation>
    </message>
    <message>
        <source>Google no longer accepts the credentials of this computer. Run “gcloud auth application-default login” again, then try again.</source>
        <translation>Google akzeptiert die Zugangsdaten dieses Computers nicht mehr. Führen Sie „gcloud auth application-default login“ erneut aus und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Google signs in people through a client ID of your own organisation. In the Google Cloud console open APIs &amp; Services, Credentials; choose Create credentials, OAuth client ID, type Desktop app; then enter its ID and secret in the settings of Lightbox, or choose there the file that the console offers for download.</source>
        <translation>Google meldet Personen über eine Client-ID Ihrer eigenen Organisation an. Öffnen Sie in der Google-Cloud-Konsole APIs &amp; Services, Credentials; wählen Sie Create credentials, OAuth client ID, Typ Desktop app; geben Sie dann ID und Secret in den Einstellungen von Lightbox ein oder wählen Sie dort die Datei, die die Konsole zum Herunterladen anbietet.</translation>
    </message>
    <message>
        <source>If it has a password, enter it.</source>
        <translation>Falls es ein Passwort hat, geben Sie es ein.</translation>
    </message>
    <message>
        <source>It may come from an earlier attempt. Close this window, and go on in the one that Lightbox opened last.</source>
        <translation>Sie stammt vielleicht von einem früheren Versuch. Schließen Sie dieses Fenster und fahren Sie in dem fort, das Lightbox zuletzt geöffnet hat.</translation>
    </message>
    <message>
        <source>Lightbox could not listen for the answer of the sign-in on this computer (127.0.0.1). A security program may forbid it; ask your administrator, then try again.</source>
        <translation>Lightbox konnte auf diesem Computer nicht auf die Antwort der Anmeldung warten (127.0.0.1). Vielleicht verbietet es ein Sicherheitsprogramm; fragen Sie Ihren Administrator und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Lightbox is waiting for a sign-in here.</source>
        <translation>Lightbox wartet hier auf eine Anmeldung.</translation>
    </message>
    <message>
        <source>Lightbox was not allowed to list your Google Cloud projects. Type the project&apos;s ID instead of choosing it, or sign in again and tick “View your data across Google Cloud services”.</source>
        <translation>Lightbox durfte Ihre Google-Cloud-Projekte nicht auflisten. Geben Sie die ID des Projekts ein, statt es zu wählen, oder melden Sie sich erneut an und kreuzen Sie „View your data across Google Cloud services“ an.</translation>
    </message>
    <message>
        <source>Lightbox was not allowed to see your Healthcare data, so no DICOM store can be opened. Sign in again and tick “Cloud Healthcare” on Google&apos;s page.</source>
        <translation>Lightbox durfte Ihre Healthcare-Daten nicht sehen, daher kann kein DICOM-Speicher geöffnet werden. Melden Sie sich erneut an und kreuzen Sie auf der Seite von Google „Cloud Healthcare“ an.</translation>
    </message>
    <message>
        <source>No client ID is set for this sign-in. Ask your administrator for one and enter it in the settings.</source>
        <translation>Für diese Anmeldung ist keine Client-ID eingestellt. Bitten Sie Ihren Administrator um eine und geben Sie sie in den Einstellungen ein.</translation>
    </message>
    <message>
        <source>No secure connection to {host} came about. Check its address; a proxy may be in the way.</source>
        <translation>Es kam keine sichere Verbindung zu {host} zustande. Prüfen Sie die Adresse; vielleicht steht ein Proxy im Weg.</translation>
    </message>
    <message>
        <source>No web browser could be started on this computer. Set a default browser, then sign in again.</source>
        <translation>Auf diesem Computer konnte kein Browser gestartet werden. Stellen Sie einen Standardbrowser ein und melden Sie sich erneut an.</translation>
    </message>
    <message>
        <source>Nothing answers at {host}. Check the address of the sign-in server.</source>
        <translation>Unter {host} antwortet nichts. Prüfen Sie die Adresse des Anmeldeservers.</translation>
    </message>
    <message>
        <source>Nothing was opened. You may close this window, and sign in again from Lightbox.</source>
        <translation>Es wurde nichts geöffnet. Sie können dieses Fenster schließen und sich aus Lightbox erneut anmelden.</translation>
    </message>
    <message>
        <source>Something other than the sign-in server {host} answered, as a proxy or a sign-in page of the network does. Check the network; ask your administrator if it stays so.</source>
        <translation>Etwas anderes als der Anmeldeserver {host} hat geantwortet, etwa ein Proxy oder eine Anmeldeseite des Netzes. Prüfen Sie das Netz; fragen Sie Ihren Administrator, wenn es so bleibt.</translation>
    </message>
    <message>
        <source>The address of the sign-in server is not a web address. It looks like https://host/realms/name; check it in the settings.</source>
        <translation>Die Adresse des Anmeldeservers ist keine Webadresse. Sie sieht aus wie https://host/realms/name; prüfen Sie sie in den Einstellungen.</translation>
    </message>
    <message>
        <source>The answer in the browser came from another provider than the one asked, so it was not used. Sign in again.</source>
        <translation>Die Antwort im Browser kam von einem anderen Anbieter als dem gefragten und wurde nicht verwendet. Melden Sie sich erneut an.</translation>
    </message>
    <message>
        <source>The answer of a sign-in comes back to this computer only: 127.0.0.1 or localhost.</source>
        <translation>Die Antwort einer Anmeldung kommt nur zu diesem Computer zurück: 127.0.0.1 oder localhost.</translation>
    </message>
    <message>
        <source>The browser did not come back within {minutes}. Sign in again, and finish in the window that opens.</source>
        <translation>Der Browser kam nicht innerhalb von {minutes} zurück. Melden Sie sich erneut an und schließen Sie in dem Fenster ab, das sich öffnet.</translation>
    </message>
    <message>
        <source>The certificate of the sign-in server {host} {reason}.</source>
        <translation>Das Zertifikat des Anmeldeservers {host} {reason}.</translation>
    </message>
    <message>
        <source>The client ID is not made for desktop programs: the provider refused to come back to this computer. Make one of the type “Desktop app”.</source>
        <translation>Die Client-ID ist nicht für Desktop-Programme gemacht: Der Anbieter weigerte sich, zu diesem Computer zurückzukommen. Legen Sie eine vom Typ „Desktop app“ an.</translation>
    </message>
    <message>
        <source>The client ID that Lightbox uses no longer exists. Ask your administrator for another one.</source>
        <translation>Die Client-ID, die Lightbox verwendet, gibt es nicht mehr. Bitten Sie Ihren Administrator um eine andere.</translation>
    </message>
    <message>
        <source>The client certificate cannot be used: file, key and password do not fit together. {hint}</source>
        <translation>Das Client-Zertifikat kann nicht verwendet werden: Datei, Schlüssel und Passwort passen nicht zusammen. {hint}</translation>
    </message>
    <message>
        <source>The connection to the sign-in server {host} broke off. Check the network, then try again.</source>
        <translation>Die Verbindung zum Anmeldeserver {host} brach ab. Prüfen Sie das Netz und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The file of the client certificate cannot be read. Check its path and its permissions.</source>
        <translation>Die Datei des Client-Zertifikats kann nicht gelesen werden. Prüfen Sie Pfad und Rechte.</translation>
    </message>
    <message>
        <source>The file with the Google credentials cannot be read. Check its path and its permissions.</source>
        <translation>Die Datei mit den Google-Zugangsdaten kann nicht gelesen werden. Prüfen Sie Pfad und Rechte.</translation>
    </message>
    <message>
        <source>The file with the Google credentials is damaged. Fetch it again.</source>
        <translation>Die Datei mit den Google-Zugangsdaten ist beschädigt. Holen Sie sie erneut.</translation>
    </message>
    <message>
        <source>The file with the Google credentials is not complete. Fetch it again.</source>
        <translation>Die Datei mit den Google-Zugangsdaten ist nicht vollständig. Holen Sie sie erneut.</translation>
    </message>
    <message>
        <source>The key in the file with the Google credentials is damaged. Fetch the file again.</source>
        <translation>Der Schlüssel in der Datei mit den Google-Zugangsdaten ist beschädigt. Holen Sie die Datei erneut.</translation>
    </message>
    <message>
        <source>The key in the file with the Google credentials is of an unknown kind. Fetch the file again.</source>
        <translation>Der Schlüssel in der Datei mit den Google-Zugangsdaten ist von unbekannter Art. Holen Sie die Datei erneut.</translation>
    </message>
    <message>
        <source>The key of the client certificate cannot be read. Check its path and its permissions.</source>
        <translation>Der Schlüssel des Client-Zertifikats kann nicht gelesen werden. Prüfen Sie Pfad und Rechte.</translation>
    </message>
    <message>
        <source>The network&apos;s proxy did not let the sign-in reach {host}. Ask your administrator for the proxy settings.</source>
        <translation>Der Proxy des Netzes ließ die Anmeldung nicht zu {host} durch. Fragen Sie Ihren Administrator nach den Proxy-Einstellungen.</translation>
    </message>
    <message>
        <source>The provider cannot tell which account you mean. Sign in again and choose one.</source>
        <translation>Der Anbieter kann nicht erkennen, welches Konto Sie meinen. Melden Sie sich erneut an und wählen Sie eines.</translation>
    </message>
    <message>
        <source>The provider did not accept Lightbox&apos;s client ID or secret. Check both in the settings.</source>
        <translation>Der Anbieter akzeptierte Client-ID oder Secret von Lightbox nicht. Prüfen Sie beide in den Einstellungen.</translation>
    </message>
    <message>
        <source>The provider did not understand the request. Check the sign-in settings of this archive.</source>
        <translation>Der Anbieter verstand die Anfrage nicht. Prüfen Sie die Anmeldeeinstellungen dieses Archivs.</translation>
    </message>
    <message>
        <source>The provider does not allow this kind of sign-in to Lightbox&apos;s client ID. It must be one for desktop programs.</source>
        <translation>Der Anbieter erlaubt der Client-ID von Lightbox diese Art der Anmeldung nicht. Sie muss für Desktop-Programme sein.</translation>
    </message>
    <message>
        <source>The provider does not know a permission that Lightbox asks for. Check the scopes in the settings.</source>
        <translation>Der Anbieter kennt eine Berechtigung nicht, um die Lightbox bittet. Prüfen Sie die Scopes in den Einstellungen.</translation>
    </message>
    <message>
        <source>The provider does not know the client ID that Lightbox uses. Check it in the settings.</source>
        <translation>Der Anbieter kennt die Client-ID nicht, die Lightbox verwendet. Prüfen Sie sie in den Einstellungen.</translation>
    </message>
    <message>
        <source>The provider does not offer the sign-in that Lightbox uses (authorization code).</source>
        <translation>Der Anbieter bietet die Anmeldung nicht an, die Lightbox verwendet (authorization code).</translation>
    </message>
    <message>
        <source>The provider failed while signing you in. Try again in a moment.</source>
        <translation>Beim Anbieter ging die Anmeldung schief. Versuchen Sie es gleich erneut.</translation>
    </message>
    <message>
        <source>The provider has switched off the client that Lightbox uses. Ask your administrator for another client ID.</source>
        <translation>Der Anbieter hat den Client abgeschaltet, den Lightbox verwendet. Bitten Sie Ihren Administrator um eine andere Client-ID.</translation>
    </message>
    <message>
        <source>The provider is too busy to sign you in. Try again in a moment.</source>
        <translation>Der Anbieter ist zu beschäftigt, um Sie anzumelden. Versuchen Sie es gleich erneut.</translation>
    </message>
    <message>
        <source>The provider no longer accepted this sign-in: it took too long, was used before or was withdrawn. Sign in again; if that fails too, check the clock of this computer.</source>
        <translation>Der Anbieter akzeptierte diese Anmeldung nicht mehr: Sie dauerte zu lange, wurde schon verwendet oder zurückgezogen. Melden Sie sich erneut an; schlägt auch das fehl, prüfen Sie die Uhr dieses Computers.</translation>
    </message>
    <message>
        <source>The provider refused the sign-in for a reason that Lightbox does not know. The details name it.</source>
        <translation>Der Anbieter lehnte die Anmeldung aus einem Grund ab, den Lightbox nicht kennt. Die Details nennen ihn.</translation>
    </message>
    <message>
        <source>The provider wants a client secret as well (Google gives one to desktop programs too). Enter it beside the client ID in the settings.</source>
        <translation>Der Anbieter will auch ein Client-Secret (Google gibt auch Desktop-Programmen eines). Geben Sie es in den Einstellungen neben der Client-ID ein.</translation>
    </message>
    <message>
        <source>The provider wants to ask you something first. Sign in again.</source>
        <translation>Der Anbieter will Sie zuerst etwas fragen. Melden Sie sich erneut an.</translation>
    </message>
    <message>
        <source>The provider wants your consent again. Sign in again.</source>
        <translation>Der Anbieter will Ihre Zustimmung erneut. Melden Sie sich erneut an.</translation>
    </message>
    <message>
        <source>The provider&apos;s answer does not belong to this sign-in, so it was not used. Sign in again; if it happens again, tell your administrator.</source>
        <translation>Die Antwort des Anbieters gehört nicht zu dieser Anmeldung und wurde nicht verwendet. Melden Sie sich erneut an; geschieht es wieder, sagen Sie es Ihrem Administrator.</translation>
    </message>
    <message>
        <source>The sign-in server {hostname} is set up without encryption (http). Lightbox signs in over https only; correct the address in the settings.</source>
        <translation>Der Anmeldeserver {hostname} ist ohne Verschlüsselung (http) eingerichtet. Lightbox meldet nur über https an; berichtigen Sie die Adresse in den Einstellungen.</translation>
    </message>
    <message>
        <source>The sign-in server {host} cannot protect the sign-in of a desktop program (PKCE with S256). Ask its administrator to switch it on.</source>
        <translation>Der Anmeldeserver {host} kann die Anmeldung eines Desktop-Programms nicht schützen (PKCE mit S256). Bitten Sie dessen Administrator, das einzuschalten.</translation>
    </message>
    <message>
        <source>The sign-in server {host} did not answer in time. Try again.</source>
        <translation>Der Anmeldeserver {host} antwortete nicht rechtzeitig. Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The sign-in server {host} failed. Sign in again; if it happens again, tell its administrator.</source>
        <translation>Der Anmeldeserver {host} hatte einen Fehler. Melden Sie sich erneut an; geschieht es wieder, sagen Sie es seinem Administrator.</translation>
    </message>
    <message>
        <source>The sign-in server {host} failed. Try again; if it happens again, tell its administrator.</source>
        <translation>Der Anmeldeserver {host} hatte einen Fehler. Versuchen Sie es erneut; geschieht es wieder, sagen Sie es seinem Administrator.</translation>
    </message>
    <message>
        <source>The sign-in server {host} gave an answer that Lightbox cannot use. Sign in again; if it happens again, tell its administrator.</source>
        <translation>Der Anmeldeserver {host} gab eine Antwort, mit der Lightbox nichts anfangen kann. Melden Sie sich erneut an; geschieht es wieder, sagen Sie es seinem Administrator.</translation>
    </message>
    <message>
        <source>The sign-in server {host} is too busy at the moment. Wait a little and sign in again.</source>
        <translation>Der Anmeldeserver {host} ist gerade zu beschäftigt. Warten Sie ein wenig und melden Sie sich erneut an.</translation>
    </message>
    <message>
        <source>The sign-in server {host} is unknown to this network. Check its address and the connection.</source>
        <translation>Der Anmeldeserver {host} ist diesem Netz unbekannt. Prüfen Sie Adresse und Verbindung.</translation>
    </message>
    <message>
        <source>The sign-in server {host} refused for a reason that it did not name. Sign in again.</source>
        <translation>Der Anmeldeserver {host} lehnte aus einem Grund ab, den er nicht nannte. Melden Sie sich erneut an.</translation>
    </message>
    <message>
        <source>The sign-in was cancelled in Lightbox.</source>
        <translation>Die Anmeldung wurde in Lightbox abgebrochen.</translation>
    </message>
    <message>
        <source>There is nothing here.</source>
        <translation>Hier ist nichts.</translation>
    </message>
    <message>
        <source>This OAuth client is made for a web server. Make one of the type “Desktop app”.</source>
        <translation>Dieser OAuth-Client ist für einen Webserver gemacht. Legen Sie einen vom Typ „Desktop app“ an.</translation>
    </message>
    <message>
        <source>This OAuth client lacks its ID or its secret. Download the file again from Google&apos;s console.</source>
        <translation>Diesem OAuth-Client fehlt die ID oder das Secret. Laden Sie die Datei erneut aus der Google-Konsole herunter.</translation>
    </message>
    <message>
        <source>This answer belongs to another sign-in.</source>
        <translation>Diese Antwort gehört zu einer anderen Anmeldung.</translation>
    </message>
    <message>
        <source>This computer holds no Google credentials of its own. Run “gcloud auth application-default login”, or set GOOGLE_APPLICATION_CREDENTIALS to the file of a service account.</source>
        <translation>Dieser Computer hat keine eigenen Google-Zugangsdaten. Führen Sie „gcloud auth application-default login“ aus oder setzen Sie GOOGLE_APPLICATION_CREDENTIALS auf die Datei eines Dienstkontos.</translation>
    </message>
    <message>
        <source>This file holds no certificate with its private key. Export it again, with the key.</source>
        <translation>Diese Datei enthält kein Zertifikat mit seinem privaten Schlüssel. Exportieren Sie es erneut, mit dem Schlüssel.</translation>
    </message>
    <message>
        <source>This is not a bearer token. It is one word of letters, digits and signs.</source>
        <translation>Das ist kein Bearer-Token. Es ist ein Wort aus Buchstaben, Ziffern und Zeichen.</translation>
    </message>
    <message>
        <source>This is not the file of an OAuth client. </source>
        <translation>Das ist nicht die Datei eines OAuth-Clients. </translation>
    </message>
    <message>
        <source>This is the key of a service account, not an OAuth client. Choose “Application Default Credentials” to use it.</source>
        <translation>Das ist der Schlüssel eines Dienstkontos, kein OAuth-Client. Wählen Sie „Application Default Credentials“, um ihn zu verwenden.</translation>
    </message>
    <message>
        <source>This request holds no answer to it. Go on in the window that Lightbox opened.</source>
        <translation>Diese Anfrage enthält keine Antwort darauf. Fahren Sie in dem Fenster fort, das Lightbox geöffnet hat.</translation>
    </message>
    <message>
        <source>This request was not understood.</source>
        <translation>Diese Anfrage wurde nicht verstanden.</translation>
    </message>
    <message>
        <source>This sign-in is open to members of another organisation only. Choose an account of that organisation.</source>
        <translation>Diese Anmeldung steht nur Mitgliedern einer anderen Organisation offen. Wählen Sie ein Konto dieser Organisation.</translation>
    </message>
    <message>
        <source>User name and password cannot hold control characters. Type them instead of pasting.</source>
        <translation>Benutzername und Passwort dürfen keine Steuerzeichen enthalten. Geben Sie sie ein, statt sie einzufügen.</translation>
    </message>
    <message>
        <source>You are not signed in.</source>
        <translation>Sie sind nicht angemeldet.</translation>
    </message>
    <message>
        <source>You are signed in.</source>
        <translation>Sie sind angemeldet.</translation>
    </message>
    <message>
        <source>You are signed out. Sign in to go on.</source>
        <translation>Sie sind abgemeldet. Melden Sie sich an, um fortzufahren.</translation>
    </message>
    <message>
        <source>You may close this window and return to Lightbox.</source>
        <translation>Sie können dieses Fenster schließen und zu Lightbox zurückkehren.</translation>
    </message>
    <message>
        <source>You may close this window. Lightbox goes on where you left it.</source>
        <translation>Sie können dieses Fenster schließen. Lightbox macht weiter, wo Sie aufgehört haben.</translation>
    </message>
    <message>
        <source>Your organisation&apos;s policy forbids this sign-in. Ask your administrator to allow Lightbox.</source>
        <translation>Die Richtlinie Ihrer Organisation verbietet diese Anmeldung. Bitten Sie Ihren Administrator, Lightbox zu erlauben.</translation>
    </message>
    <message>
        <source>Your session with the provider has ended. Sign in again.</source>
        <translation>Ihre Sitzung beim Anbieter ist beendet. Melden Sie sich erneut an.</translation>
    </message>
    <message>
        <source>one minute</source>
        <translation>einer Minute</translation>
    </message>
    <message>
        <source>the sign-in server</source>
        <translation>der Anmeldeserver</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count} Minuten</translation>
    </message>
    <message>
        <source>{count} seconds</source>
        <translation>{count} Sekunden</translation>
    </message>
    <message>
        <source>{host} does not answer as a sign-in server (OpenID Connect). Check the issuer&apos;s address.</source>
        <translation>{host} antwortet nicht als Anmeldeserver (OpenID Connect). Prüfen Sie die Adresse des Ausstellers.</translation>
    </message>
    <message>
        <source>{host} does not answer as a sign-in server (OpenID Connect). Check the issuer&apos;s address: it looks like https://host/realms/name, before Keycloak 18 https://host/auth/realms/name.</source>
        <translation>{host} antwortet nicht als Anmeldeserver (OpenID Connect). Prüfen Sie die Adresse des Ausstellers: Sie sieht aus wie https://host/realms/name, vor Keycloak 18 https://host/auth/realms/name.</translation>
    </message>
    <message>
        <source>{host} says it is another sign-in server than the one in the settings. Enter its address as it names itself.</source>
        <translation>{host} nennt sich anders als der Anmeldeserver in den Einstellungen. Geben Sie die Adresse ein, wie er sich selbst nennt.</translation>
    </message>
    <message>
        <source>{host} sends the sign-in on to another address. Enter the address of the provider itself; a proxy&apos;s own sign-in page may be in the way.</source>
        <translation>{host} schickt die Anmeldung an eine andere Adresse weiter. Geben Sie die Adresse des Anbieters selbst ein; vielleicht steht die Anmeldeseite eines Proxys im Weg.</translation>
    </message>
    <message>
        <source>{host} sends the sign-in to this computer instead of to itself. Tell its administrator.</source>
        <translation>{host} schickt die Anmeldung zu diesem Computer statt zu sich selbst. Sagen Sie es dessen Administrator.</translation>
    </message>
    <message>
        <source>{text} You may close this window.</source>
        <translation>{text} Sie können dieses Fenster schließen.</translation>
    </message>
    <message>
        <source>“{host}” is not the address of a sign-in server. Check it in the settings.</source>
        <translation>„{host}“ ist nicht die Adresse eines Anmeldeservers. Prüfen Sie sie in den Einstellungen.</translation>
    </message>
</context>
<context>
    <name>cards</name>
    <message>
        <source>1 image</source>
        <translation>1 Bild</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>no images</source>
        <translation>keine Bilder</translation>
    </message>
    <message>
        <source>{count} images</source>
        <translation>{count} Bilder</translation>
    </message>
</context>
<context>
    <name>cloud</name>
    <message>
        <source>A policy forbids to {doing} from where you are. Ask your administrator.</source>
        <translation>Eine Richtlinie verbietet von Ihrem Ort aus: {doing}. Fragen Sie Ihren Administrator.</translation>
    </message>
    <message>
        <source>Billing is switched off in {project}, so Google does not answer. Ask its owner.</source>
        <translation>Die Abrechnung ist abgeschaltet ({project}), daher antwortet Google nicht. Fragen Sie den Besitzer.</translation>
    </message>
    <message>
        <source>Either {project} does not exist or you may not see it. Check the project&apos;s ID.</source>
        <translation>Entweder gibt es das nicht ({project}), oder Sie dürfen es nicht sehen. Prüfen Sie die ID des Projekts.</translation>
    </message>
    <message>
        <source>Google answered in a way that Lightbox does not understand.</source>
        <translation>Google antwortete in einer Weise, die Lightbox nicht versteht.</translation>
    </message>
    <message>
        <source>Google asks you to sign in. Sign in and try again.</source>
        <translation>Google bittet um Ihre Anmeldung. Melden Sie sich an und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Google cannot be reached. Check the network and the proxy settings, then try again.</source>
        <translation>Google ist nicht erreichbar. Prüfen Sie das Netz und die Proxy-Einstellungen und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Google cannot {doing} in its present state. The details say why.</source>
        <translation>Google kann das im jetzigen Zustand nicht: {doing}. Die Details sagen, warum.</translation>
    </message>
    <message>
        <source>Google did not answer in time. Try again.</source>
        <translation>Google antwortete nicht rechtzeitig. Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Google did not understand the request to {doing}. Check the name.</source>
        <translation>Google verstand die Anfrage nicht: {doing}. Prüfen Sie den Namen.</translation>
    </message>
    <message>
        <source>Google does not offer to {doing} this way.</source>
        <translation>Google bietet das so nicht an: {doing}.</translation>
    </message>
    <message>
        <source>Google does not take this kind of sign-in here. Sign in again.</source>
        <translation>Google nimmt diese Art der Anmeldung hier nicht an. Melden Sie sich erneut an.</translation>
    </message>
    <message>
        <source>Google failed to {doing}. Try again in a moment.</source>
        <translation>Bei Google ging etwas schief: {doing}. Versuchen Sie es gleich erneut.</translation>
    </message>
    <message>
        <source>Google has suspended {project}. Ask its owner.</source>
        <translation>Google hat das gesperrt: {project}. Fragen Sie den Besitzer.</translation>
    </message>
    <message>
        <source>Google is too busy to {doing} at the moment. Wait a little and try again.</source>
        <translation>Google ist gerade zu beschäftigt: {doing}. Warten Sie ein wenig und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Google took too long to {doing}. Try again.</source>
        <translation>Google brauchte zu lange: {doing}. Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Google&apos;s limit of requests is reached for {project}. Wait a little and try again.</source>
        <translation>Die Grenze für Anfragen bei Google ist erreicht ({project}). Warten Sie ein wenig und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Google&apos;s limit of requests per minute is reached for {project}. Wait a little and try again.</source>
        <translation>Die Grenze für Anfragen je Minute bei Google ist erreicht ({project}). Warten Sie ein wenig und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Google&apos;s quota is used up for {project}. Wait, or ask its owner for more.</source>
        <translation>Das Kontingent bei Google ist aufgebraucht ({project}). Warten Sie, oder bitten Sie den Besitzer um mehr.</translation>
    </message>
    <message>
        <source>Google&apos;s service failed to answer. Try again in a moment.</source>
        <translation>Der Dienst von Google konnte nicht antworten. Versuchen Sie es gleich erneut.</translation>
    </message>
    <message>
        <source>Google&apos;s service refused for a reason that it did not name.</source>
        <translation>Der Dienst von Google lehnte aus einem Grund ab, den er nicht nannte.</translation>
    </message>
    <message>
        <source>Something else changed {what} at the same time. Try again.</source>
        <translation>Etwas anderes änderte es zur gleichen Zeit: {what}. Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Something other than Google answered, as a proxy or a sign-in page of the network does. Check the network; ask your administrator if it stays so.</source>
        <translation>Etwas anderes als Google hat geantwortet, etwa ein Proxy oder eine Anmeldeseite des Netzes. Prüfen Sie das Netz; fragen Sie Ihren Administrator, wenn es so bleibt.</translation>
    </message>
    <message>
        <source>The certificate of Google&apos;s service {reason}.</source>
        <translation>Das Zertifikat des Dienstes von Google {reason}.</translation>
    </message>
    <message>
        <source>The network&apos;s proxy did not let the request reach Google. Ask your administrator for the proxy settings.</source>
        <translation>Der Proxy des Netzes ließ die Anfrage nicht zu Google durch. Fragen Sie Ihren Administrator nach den Proxy-Einstellungen.</translation>
    </message>
    <message>
        <source>The {service} is switched off in {project}. Its owner can switch it on; it then takes a few minutes.</source>
        <translation>{service} ist abgeschaltet ({project}). Der Besitzer kann es einschalten; dann dauert es ein paar Minuten.</translation>
    </message>
    <message>
        <source>There is no {what}. Check the name, and refresh the list.</source>
        <translation>Das gibt es nicht: {what}. Prüfen Sie den Namen und aktualisieren Sie die Liste.</translation>
    </message>
    <message>
        <source>This Google account is disabled or gone. Sign in with another one.</source>
        <translation>Dieses Google-Konto ist deaktiviert oder gelöscht. Melden Sie sich mit einem anderen an.</translation>
    </message>
    <message>
        <source>This exists already: {what}.</source>
        <translation>Das gibt es schon: {what}.</translation>
    </message>
    <message>
        <source>You may not use {project} for Google&apos;s accounting. Choose another quota project in the settings, or none.</source>
        <translation>Sie dürfen das nicht für die Abrechnung bei Google verwenden: {project}. Wählen Sie in den Einstellungen ein anderes Kontingentprojekt oder keines.</translation>
    </message>
    <message>
        <source>You may not {doing}, or it does not exist. Google answered {status}. Check the name; ask the owner for the role {role}.</source>
        <translation>Sie dürfen das nicht, oder es existiert nicht: {doing}. Google antwortete {status}. Prüfen Sie den Namen; bitten Sie den Besitzer um die Rolle {role}.</translation>
    </message>
    <message>
        <source>Your organisation&apos;s network forbids to {doing}. Ask your administrator.</source>
        <translation>Das Netz Ihrer Organisation verbietet: {doing}. Fragen Sie Ihren Administrator.</translation>
    </message>
    <message>
        <source>Your organisation&apos;s network rules (VPC Service Controls) forbid to {doing} from here. Ask your administrator.</source>
        <translation>Die Netzregeln Ihrer Organisation (VPC Service Controls) verbieten von hier aus: {doing}. Fragen Sie Ihren Administrator.</translation>
    </message>
    <message>
        <source>Your sign-in does not allow Lightbox to {doing}. Sign in again and tick every box on Google&apos;s page.</source>
        <translation>Ihre Anmeldung erlaubt Lightbox nicht: {doing}. Melden Sie sich erneut an und kreuzen Sie auf der Seite von Google jedes Kästchen an.</translation>
    </message>
    <message>
        <source>Your sign-in has ended or is not accepted here. Sign in again to go on.</source>
        <translation>Ihre Anmeldung ist abgelaufen oder wird hier nicht akzeptiert. Melden Sie sich erneut an, um fortzufahren.</translation>
    </message>
    <message>
        <source>Your sign-in has ended. Sign in again to go on.</source>
        <translation>Ihre Anmeldung ist abgelaufen. Melden Sie sich erneut an, um fortzufahren.</translation>
    </message>
    <message>
        <source>delete from</source>
        <translation>Löschen aus</translation>
    </message>
    <message>
        <source>list the DICOM stores of</source>
        <translation>DICOM-Speicher auflisten von</translation>
    </message>
    <message>
        <source>list the datasets of</source>
        <translation>Datensätze auflisten von</translation>
    </message>
    <message>
        <source>list the locations of</source>
        <translation>Standorte auflisten von</translation>
    </message>
    <message>
        <source>list your projects</source>
        <translation>Ihre Projekte auflisten</translation>
    </message>
    <message>
        <source>project {name}</source>
        <translation>Projekt {name}</translation>
    </message>
    <message>
        <source>read</source>
        <translation>Lesen von</translation>
    </message>
    <message>
        <source>service that this needs</source>
        <translation>ein hierfür nötiger Dienst</translation>
    </message>
    <message>
        <source>service {name}</source>
        <translation>Dienst {name}</translation>
    </message>
    <message>
        <source>store into</source>
        <translation>Speichern in</translation>
    </message>
    <message>
        <source>the project</source>
        <translation>das Projekt</translation>
    </message>
    <message>
        <source>this</source>
        <translation>dies</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>A Study Instance UID has digits and dots only, at most 64. Check the link.</source>
        <translation>Eine Study Instance UID besteht nur aus Ziffern und Punkten, höchstens 64. Prüfen Sie den Link.</translation>
    </message>
    <message>
        <source>A header is written as “Name: value”, in plain letters.</source>
        <translation>Ein Header wird als „Name: Wert“ geschrieben, in einfachen Buchstaben.</translation>
    </message>
    <message>
        <source>An accession number or a patient ID has at most 64 characters, none of them *, ? or \. Check it.</source>
        <translation>Eine Anforderungsnummer oder Patienten-ID hat höchstens 64 Zeichen, darunter kein *, ? oder \. Prüfen Sie sie.</translation>
    </message>
    <message>
        <source>An audience is one word, most often an address.</source>
        <translation>Eine Audience ist ein einzelnes Wort, meist eine Adresse.</translation>
    </message>
    <message>
        <source>Apr</source>
        <translation>Apr.</translation>
    </message>
    <message>
        <source>At most {MOST_VALUES} studies are opened at once.</source>
        <translation>Höchstens {MOST_VALUES} Studien werden auf einmal geöffnet.</translation>
    </message>
    <message>
        <source>Aug</source>
        <translation>Aug.</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Dec</source>
        <translation>Dez.</translation>
    </message>
    <message>
        <source>Feb</source>
        <translation>Feb.</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Full range</source>
        <translation>Voller Bereich</translation>
    </message>
    <message>
        <source>Give the whole path of the folder.</source>
        <translation>Geben Sie den ganzen Pfad des Ordners an.</translation>
    </message>
    <message>
        <source>Jan</source>
        <translation>Jan.</translation>
    </message>
    <message>
        <source>Jul</source>
        <translation>Juli</translation>
    </message>
    <message>
        <source>Jun</source>
        <translation>Juni</translation>
    </message>
    <message>
        <source>Leave name and password out of the address. Lightbox asks for them separately.</source>
        <translation>Lassen Sie Name und Passwort aus der Adresse weg. Lightbox fragt gesondert danach.</translation>
    </message>
    <message>
        <source>Lightbox is not certified as a medical device. It is not for diagnosis.</source>
        <translation>Lightbox ist nicht als Medizinprodukt zugelassen. Es ist nicht für die Diagnose bestimmt.</translation>
    </message>
    <message>
        <source>Lightbox shows studies and patients. This link asks for another kind of thing.</source>
        <translation>Lightbox zeigt Studien und Patienten. Dieser Link fragt nach etwas anderem.</translation>
    </message>
    <message>
        <source>Local archive</source>
        <translation>Lokales Archiv</translation>
    </message>
    <message>
        <source>Mar</source>
        <translation>März</translation>
    </message>
    <message>
        <source>May</source>
        <translation>Mai</translation>
    </message>
    <message>
        <source>Nov</source>
        <translation>Nov.</translation>
    </message>
    <message>
        <source>Oct</source>
        <translation>Okt.</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Rule of</source>
        <translation>Regel von</translation>
    </message>
    <message>
        <source>Scopes are words of plain letters and signs, with spaces between them.</source>
        <translation>Scopes sind Wörter aus einfachen Buchstaben und Zeichen, durch Leerzeichen getrennt.</translation>
    </message>
    <message>
        <source>Sep</source>
        <translation>Sep.</translation>
    </message>
    <message>
        <source>Signing in did not succeed. Try again.</source>
        <translation>Die Anmeldung gelang nicht. Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Something unexpected went wrong. Try again; the log of the program says more.</source>
        <translation>Etwas Unerwartetes ging schief. Versuchen Sie es erneut; das Protokoll des Programms sagt mehr.</translation>
    </message>
    <message>
        <source>Something went wrong.</source>
        <translation>Etwas ging schief.</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>The DICOM object cannot be used.</source>
        <translation>Das DICOM-Objekt kann nicht verwendet werden.</translation>
    </message>
    <message>
        <source>The DICOM object is damaged or incomplete. Fetch or export it again.</source>
        <translation>Das DICOM-Objekt ist beschädigt oder unvollständig. Holen oder exportieren Sie es erneut.</translation>
    </message>
    <message>
        <source>The address for newer versions did not tell of one. Ask your administrator to look at it.</source>
        <translation>Die Adresse für neuere Versionen nannte keine. Bitten Sie Ihren Administrator, sie anzusehen.</translation>
    </message>
    <message>
        <source>The administrator of this workplace has switched deleting off.</source>
        <translation>Der Administrator dieses Arbeitsplatzes hat das Löschen abgeschaltet.</translation>
    </message>
    <message>
        <source>The administrator of this workplace has switched exporting off.</source>
        <translation>Der Administrator dieses Arbeitsplatzes hat den Export abgeschaltet.</translation>
    </message>
    <message>
        <source>The administrator of this workplace has switched this off.</source>
        <translation>Der Administrator dieses Arbeitsplatzes hat dies abgeschaltet.</translation>
    </message>
    <message>
        <source>The administrator of this workplace has switched uploading off.</source>
        <translation>Der Administrator dieses Arbeitsplatzes hat das Hochladen abgeschaltet.</translation>
    </message>
    <message>
        <source>The administrator of this workplace keeps the record of what was done.</source>
        <translation>Der Administrator dieses Arbeitsplatzes bewahrt das Protokoll der Vorgänge auf.</translation>
    </message>
    <message>
        <source>The archive asks you to sign in. Sign in and try again.</source>
        <translation>Das Archiv bittet um Ihre Anmeldung. Melden Sie sich an und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The archive cannot be reached. Check its address and the network, then try again.</source>
        <translation>Das Archiv ist nicht erreichbar. Prüfen Sie Adresse und Netz und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The archive did not understand the request.</source>
        <translation>Das Archiv verstand die Anfrage nicht.</translation>
    </message>
    <message>
        <source>The archive does not have this any more. Refresh the list.</source>
        <translation>Das Archiv hat dies nicht mehr. Aktualisieren Sie die Liste.</translation>
    </message>
    <message>
        <source>The archive failed while answering. Try again; if it happens again, tell its administrator.</source>
        <translation>Beim Antworten hatte das Archiv einen Fehler. Versuchen Sie es erneut; geschieht es wieder, sagen Sie es seinem Administrator.</translation>
    </message>
    <message>
        <source>The archive is too busy at the moment. Wait a little and try again.</source>
        <translation>Das Archiv ist gerade zu beschäftigt. Warten Sie ein wenig und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The archive refused the request.</source>
        <translation>Das Archiv lehnte die Anfrage ab.</translation>
    </message>
    <message>
        <source>The archive stopped answering. Try again; if it stays silent, ask its administrator.</source>
        <translation>Das Archiv antwortet nicht mehr. Versuchen Sie es erneut; bleibt es still, fragen Sie seinen Administrator.</translation>
    </message>
    <message>
        <source>The archive that was named is none. Check the link.</source>
        <translation>Das genannte Archiv ist keines. Prüfen Sie den Link.</translation>
    </message>
    <message>
        <source>The connection broke off before everything had arrived. What arrived is kept; try again for the rest.</source>
        <translation>Die Verbindung brach ab, bevor alles angekommen war. Was ankam, bleibt; versuchen Sie es für den Rest erneut.</translation>
    </message>
    <message>
        <source>The disk refused. Check the free space and the permissions of the folder.</source>
        <translation>Die Festplatte verweigerte es. Prüfen Sie den freien Platz und die Rechte des Ordners.</translation>
    </message>
    <message>
        <source>The endpoint cannot reach this host: it is on this computer or in a private network.</source>
        <translation>Der Endpunkt kann diesen Host nicht erreichen: Er ist auf diesem Computer oder in einem privaten Netz.</translation>
    </message>
    <message>
        <source>The network did not carry the request. Check the connection and try again.</source>
        <translation>Das Netz trug die Anfrage nicht. Prüfen Sie die Verbindung und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The object has a UID that is not valid (digits and dots, at most 64). No archive can be asked for it.</source>
        <translation>Das Objekt hat eine ungültige UID (Ziffern und Punkte, höchstens 64). Kein Archiv kann danach gefragt werden.</translation>
    </message>
    <message>
        <source>The web viewer&apos;s address begins with https:// and holds no name or password.</source>
        <translation>Die Adresse des Web-Viewers beginnt mit https:// und enthält weder Name noch Passwort.</translation>
    </message>
    <message>
        <source>The web viewer&apos;s address needs {study}, and may have {series}; it knows nothing else.</source>
        <translation>Die Adresse des Web-Viewers braucht {study} und darf {series} haben; anderes kennt sie nicht.</translation>
    </message>
    <message>
        <source>This address does not answer as a DICOMweb archive. Check the address; a sign-in page may be in the way.</source>
        <translation>Diese Adresse antwortet nicht als DICOMweb-Archiv. Prüfen Sie die Adresse; vielleicht steht eine Anmeldeseite im Weg.</translation>
    </message>
    <message>
        <source>This cannot be linked to: the endpoints take https addresses and UIDs of digits and dots only.</source>
        <translation>Hierauf kann nicht verlinkt werden: Die Endpunkte nehmen nur https-Adressen und UIDs aus Ziffern und Punkten.</translation>
    </message>
    <message>
        <source>This computer has not enough memory left for that. Close a study or another program and try again.</source>
        <translation>Dieser Computer hat dafür nicht genug freien Speicher. Schließen Sie eine Studie oder ein anderes Programm und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>This image is compressed or coded in a way that Lightbox cannot read.</source>
        <translation>Dieses Bild ist so komprimiert oder kodiert, dass Lightbox es nicht lesen kann.</translation>
    </message>
    <message>
        <source>This is not a DICOM file.</source>
        <translation>Das ist keine DICOM-Datei.</translation>
    </message>
    <message>
        <source>This is not a web address. A DICOMweb address looks like https://host/dicom-web.</source>
        <translation>Das ist keine Webadresse. Eine DICOMweb-Adresse sieht aus wie https://host/dicom-web.</translation>
    </message>
    <message>
        <source>This link asks for something that Lightbox does not know.</source>
        <translation>Dieser Link fragt nach etwas, das Lightbox nicht kennt.</translation>
    </message>
    <message>
        <source>This link is damaged.</source>
        <translation>Dieser Link ist beschädigt.</translation>
    </message>
    <message>
        <source>This link is too long or damaged.</source>
        <translation>Dieser Link ist zu lang oder beschädigt.</translation>
    </message>
    <message>
        <source>This link names no study, no accession number and no patient.</source>
        <translation>Dieser Link nennt keine Studie, keine Anforderungsnummer und keinen Patienten.</translation>
    </message>
    <message>
        <source>This link says the same thing twice. Ask where it came from for another one.</source>
        <translation>Dieser Link sagt dasselbe zweimal. Bitten Sie dort, wo er herkommt, um einen anderen.</translation>
    </message>
    <message>
        <source>This object holds no image.</source>
        <translation>Dieses Objekt enthält kein Bild.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>You may not read this, or it does not exist. Ask the owner of the archive for the right to read it.</source>
        <translation>Sie dürfen dies nicht lesen, oder es existiert nicht. Bitten Sie den Besitzer des Archivs um das Leserecht.</translation>
    </message>
    <message>
        <source>You signed out of this archive, or changed or removed it, so the connection was ended. Sign in, then try again.</source>
        <translation>Sie haben sich bei diesem Archiv abgemeldet, es geändert oder entfernt; daher wurde die Verbindung beendet. Melden Sie sich an und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>a part of its bytes did not come along</source>
        <translation>ein Teil seiner Bytes kam nicht mit</translation>
    </message>
    <message>
        <source>acquisition {value}</source>
        <translation>Akquisition {value}</translation>
    </message>
    <message>
        <source>already there</source>
        <translation>schon vorhanden</translation>
    </message>
    <message>
        <source>an object with this UID is already there</source>
        <translation>ein Objekt mit dieser UID ist schon da</translation>
    </message>
    <message>
        <source>an object with this UID is just being stored</source>
        <translation>ein Objekt mit dieser UID wird gerade gespeichert</translation>
    </message>
    <message>
        <source>at column {column}, row {row}</source>
        <translation>in Spalte {column}, Zeile {row}</translation>
    </message>
    <message>
        <source>at the detector</source>
        <translation>am Detektor</translation>
    </message>
    <message>
        <source>belongs to another address; check the address</source>
        <translation>gehört zu einer anderen Adresse; prüfen Sie die Adresse</translation>
    </message>
    <message>
        <source>belongs to another host; check the address</source>
        <translation>gehört zu einem anderen Host; prüfen Sie die Adresse</translation>
    </message>
    <message>
        <source>calibrated by hand</source>
        <translation>von Hand kalibriert</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>comes from an authority that this computer does not know; ask your administrator to install its certificate</source>
        <translation>stammt von einer Zertifizierungsstelle, die dieser Computer nicht kennt; bitten Sie Ihren Administrator, ihr Zertifikat zu installieren</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>Konflikt</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>does not apply</source>
        <translation>trifft nicht zu</translation>
    </message>
    <message>
        <source>echo {value}</source>
        <translation>Echo {value}</translation>
    </message>
    <message>
        <source>fail</source>
        <translation>nicht bestanden</translation>
    </message>
    <message>
        <source>frame of reference {number}</source>
        <translation>Bezugssystem {number}</translation>
    </message>
    <message>
        <source>has expired; tell its administrator, and check the clock of this computer</source>
        <translation>ist abgelaufen; sagen Sie es dem Administrator und prüfen Sie die Uhr dieses Computers</translation>
    </message>
    <message>
        <source>is not valid yet; check the clock of this computer</source>
        <translation>ist noch nicht gültig; prüfen Sie die Uhr dieses Computers</translation>
    </message>
    <message>
        <source>is self-signed and unknown to this computer; ask your administrator to install it</source>
        <translation>ist selbst signiert und diesem Computer unbekannt; bitten Sie Ihren Administrator, es zu installieren</translation>
    </message>
    <message>
        <source>its UID is not valid</source>
        <translation>seine UID ist ungültig</translation>
    </message>
    <message>
        <source>its class and its UID contradict each other</source>
        <translation>seine Klasse und seine UID widersprechen sich</translation>
    </message>
    <message>
        <source>its content does not match its kind</source>
        <translation>sein Inhalt passt nicht zu seiner Art</translation>
    </message>
    <message>
        <source>its study is not the one that it was sent to</source>
        <translation>seine Studie ist nicht die, an die es gesendet wurde</translation>
    </message>
    <message>
        <source>localiser</source>
        <translation>Localizer</translation>
    </message>
    <message>
        <source>min {low} max {high}</source>
        <translation>min. {low} max. {high}</translation>
    </message>
    <message>
        <source>no angle between directions of different kinds</source>
        <translation>kein Winkel zwischen Richtungen verschiedener Art</translation>
    </message>
    <message>
        <source>no area between directions of different kinds</source>
        <translation>keine Fläche zwischen Richtungen verschiedener Art</translation>
    </message>
    <message>
        <source>no calibration</source>
        <translation>keine Kalibrierung</translation>
    </message>
    <message>
        <source>no orientation</source>
        <translation>keine Orientierung</translation>
    </message>
    <message>
        <source>not DICOM</source>
        <translation>kein DICOM</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>nicht gesendet</translation>
    </message>
    <message>
        <source>only in the first</source>
        <translation>nur in der ersten</translation>
    </message>
    <message>
        <source>only in the second</source>
        <translation>nur in der zweiten</translation>
    </message>
    <message>
        <source>other</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>other view</source>
        <translation>andere Projektion</translation>
    </message>
    <message>
        <source>outside the calibrated regions</source>
        <translation>außerhalb der kalibrierten Bereiche</translation>
    </message>
    <message>
        <source>outside the image</source>
        <translation>außerhalb des Bildes</translation>
    </message>
    <message>
        <source>pass</source>
        <translation>bestanden</translation>
    </message>
    <message>
        <source>pass {number}</source>
        <translation>Durchgang {number}</translation>
    </message>
    <message>
        <source>phase {place}</source>
        <translation>Phase {place}</translation>
    </message>
    <message>
        <source>redirect_host is 127.0.0.1 or localhost.</source>
        <translation>redirect_host ist 127.0.0.1 oder localhost.</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>stack {number}</source>
        <translation>Stapel {number}</translation>
    </message>
    <message>
        <source>stored</source>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>stored with a warning</source>
        <translation>mit Warnung gespeichert</translation>
    </message>
    <message>
        <source>the archive changed some attributes</source>
        <translation>das Archiv hat einige Attribute geändert</translation>
    </message>
    <message>
        <source>the archive could not process it</source>
        <translation>das Archiv konnte es nicht verarbeiten</translation>
    </message>
    <message>
        <source>the archive could not understand it</source>
        <translation>das Archiv konnte es nicht verstehen</translation>
    </message>
    <message>
        <source>the archive does not take this kind of object</source>
        <translation>das Archiv nimmt diese Art von Objekt nicht an</translation>
    </message>
    <message>
        <source>the archive does not take this transfer syntax</source>
        <translation>das Archiv nimmt diese Transfersyntax nicht an</translation>
    </message>
    <message>
        <source>the archive dropped some attributes</source>
        <translation>das Archiv hat einige Attribute weggelassen</translation>
    </message>
    <message>
        <source>the archive found fault with some attributes</source>
        <translation>das Archiv beanstandet einige Attribute</translation>
    </message>
    <message>
        <source>the archive gave no reason</source>
        <translation>das Archiv nannte keinen Grund</translation>
    </message>
    <message>
        <source>the archive has no room left</source>
        <translation>das Archiv hat keinen Platz mehr</translation>
    </message>
    <message>
        <source>the archive&apos;s reason has code {code}</source>
        <translation>der Grund des Archivs hat den Code {code}</translation>
    </message>
    <message>
        <source>the outline crosses itself</source>
        <translation>der Umriss kreuzt sich selbst</translation>
    </message>
    <message>
        <source>time {place}</source>
        <translation>Zeitpunkt {place}</translation>
    </message>
    <message>
        <source>ultrasound region</source>
        <translation>Ultraschallregion</translation>
    </message>
    <message>
        <source>warn</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>was not accepted by this computer; check the address and the clock of this computer</source>
        <translation>wurde von diesem Computer nicht akzeptiert; prüfen Sie die Adresse und die Uhr dieses Computers</translation>
    </message>
    <message>
        <source>you are not allowed to store it</source>
        <translation>Sie dürfen es nicht speichern</translation>
    </message>
    <message>
        <source>{day} {month} {year}</source>
        <translation>{day}. {month} {year}</translation>
    </message>
    <message>
        <source>{step} mm a pixel</source>
        <translation>{step} mm je Pixel</translation>
    </message>
    <message>
        <source>{words} (code {code})</source>
        <translation>{words} (Code {code})</translation>
    </message>
    <message>
        <source>“{name}” belongs to signing in. Choose how to sign in instead.</source>
        <translation>„{name}“ gehört zur Anmeldung. Wählen Sie stattdessen die Art der Anmeldung.</translation>
    </message>
    <message>
        <source>“{name}” is set by Lightbox itself. Leave it out.</source>
        <translation>„{name}“ setzt Lightbox selbst. Lassen Sie es weg.</translation>
    </message>
    <message>
        <source>“{name}” is there twice. Give each header once.</source>
        <translation>„{name}“ ist zweimal da. Geben Sie jeden Header einmal an.</translation>
    </message>
</context>
<context>
    <name>corner</name>
    <message>
        <source>Acc {number}</source>
        <translation>Anf. {number}</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Frame</translation>
    </message>
    <message>
        <source>ID {id}</source>
        <translation>ID {id}</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Loading {what} {place} …</source>
        <translation>{what} {place} wird geladen …</translation>
    </message>
    <message>
        <source>VOI LUT</source>
        <translation>VOI-LUT</translation>
    </message>
    <message>
        <source>born {date}</source>
        <translation>geb. {date}</translation>
    </message>
    <message>
        <source>both sides</source>
        <translation>beidseits</translation>
    </message>
    <message>
        <source>contrast {agent}</source>
        <translation>Kontrastmittel {agent}</translation>
    </message>
    <message>
        <source>d</source>
        <translation>T</translation>
    </message>
    <message>
        <source>frame {number}</source>
        <translation>Frame {number}</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>mo</source>
        <translation>M</translation>
    </message>
    <message>
        <source>not calibrated</source>
        <translation>nicht kalibriert</translation>
    </message>
    <message>
        <source>place {mm}</source>
        <translation>Lage {mm}</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>size at detector</source>
        <translation>Größe am Detektor</translation>
    </message>
    <message>
        <source>turned {degrees}°</source>
        <translation>gedreht {degrees}°</translation>
    </message>
    <message>
        <source>wk</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>y</source>
        <translation>J</translation>
    </message>
    <message>
        <source>zoom {factor}×</source>
        <translation>Zoom {factor}×</translation>
    </message>
    <message>
        <source>{factor}× life size</source>
        <translation>{factor}× Lebensgröße</translation>
    </message>
    <message>
        <source>{here} of {expected}</source>
        <translation>{here} von {expected}</translation>
    </message>
    <message>
        <source>{here} of {expected} loaded</source>
        <translation>{here} von {expected} geladen</translation>
    </message>
    <message>
        <source>{here} of {expected} · {failed} failed</source>
        <translation>{here} von {expected} · {failed} fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>dicomweb</name>
    <message>
        <source>A file became shorter while it was being sent. Send it again when it is complete.</source>
        <translation>Eine Datei wurde beim Senden kürzer. Senden Sie sie erneut, wenn sie vollständig ist.</translation>
    </message>
    <message>
        <source>A file that was to be sent cannot be read. Check that it is still there.</source>
        <translation>Eine zu sendende Datei kann nicht gelesen werden. Prüfen Sie, ob sie noch da ist.</translation>
    </message>
    <message>
        <source>A part of this object lies outside this archive. Lightbox does not fetch it from there.</source>
        <translation>Ein Teil dieses Objekts liegt außerhalb dieses Archivs. Lightbox holt ihn nicht von dort.</translation>
    </message>
    <message>
        <source>A server answers, but there is no DICOMweb archive at this address. Check its path: it often ends in /dicom-web, /dicomweb or /rs.</source>
        <translation>Ein Server antwortet, aber unter dieser Adresse ist kein DICOMweb-Archiv. Prüfen Sie den Pfad: Er endet oft auf /dicom-web, /dicomweb oder /rs.</translation>
    </message>
    <message>
        <source>No secure connection to the archive came about. Check whether its address begins with http or https.</source>
        <translation>Es kam keine sichere Verbindung zum Archiv zustande. Prüfen Sie, ob die Adresse mit http oder https beginnt.</translation>
    </message>
    <message>
        <source>Nothing answers at this address. Check host and port, and whether the archive is running.</source>
        <translation>Unter dieser Adresse antwortet nichts. Prüfen Sie Host und Port und ob das Archiv läuft.</translation>
    </message>
    <message>
        <source>The archive answered, but did not send every image.</source>
        <translation>Das Archiv antwortete, sandte aber nicht jedes Bild.</translation>
    </message>
    <message>
        <source>The archive answered, but sent no image.</source>
        <translation>Das Archiv antwortete, sandte aber kein Bild.</translation>
    </message>
    <message>
        <source>The archive answered, but sent no object of this study. Check its UID.</source>
        <translation>Das Archiv antwortete, sandte aber kein Objekt dieser Studie. Prüfen Sie die UID.</translation>
    </message>
    <message>
        <source>The archive answered, but sent no object. It may have been deleted: refresh the list.</source>
        <translation>Das Archiv antwortete, sandte aber kein Objekt. Vielleicht wurde es gelöscht: Aktualisieren Sie die Liste.</translation>
    </message>
    <message>
        <source>The archive answers with a list that is too long to be read. Narrow the search.</source>
        <translation>Das Archiv antwortet mit einer Liste, die zu lang zum Lesen ist. Grenzen Sie die Suche ein.</translation>
    </message>
    <message>
        <source>The archive could not delete all of it. What is gone is gone; look at what is left and try again.</source>
        <translation>Das Archiv konnte nicht alles löschen. Was weg ist, ist weg; sehen Sie nach, was übrig ist, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The archive could not hand out all objects. What arrived is kept.</source>
        <translation>Das Archiv konnte nicht alle Objekte herausgeben. Was ankam, bleibt.</translation>
    </message>
    <message>
        <source>The archive lists only the first of its objects and then the same again: more exist than are shown.</source>
        <translation>Das Archiv listet nur die ersten seiner Objekte und dann dieselben noch einmal: Es gibt mehr, als gezeigt werden.</translation>
    </message>
    <message>
        <source>The archive sends every request on to another address. Check its address.</source>
        <translation>Das Archiv schickt jede Anfrage an eine andere Adresse weiter. Prüfen Sie die Adresse.</translation>
    </message>
    <message>
        <source>The archive sends you on to another server ({hostname}), perhaps to a sign-in page. Lightbox does not follow. Check the address and how to sign in.</source>
        <translation>Das Archiv schickt Sie an einen anderen Server weiter ({hostname}), vielleicht zu einer Anmeldeseite. Lightbox folgt nicht. Prüfen Sie die Adresse und die Art der Anmeldung.</translation>
    </message>
    <message>
        <source>The archive sent a ZIP that grows beyond all measure. It is not opened.</source>
        <translation>Das Archiv sandte eine ZIP-Datei, die über alles Maß anwächst. Sie wird nicht geöffnet.</translation>
    </message>
    <message>
        <source>The archive sent an object without its UIDs. It cannot be shown.</source>
        <translation>Das Archiv sandte ein Objekt ohne UIDs. Es kann nicht gezeigt werden.</translation>
    </message>
    <message>
        <source>The archive sent other images of this object than those it was asked for. They are not shown.</source>
        <translation>Das Archiv sandte andere Bilder dieses Objekts als die gefragten. Sie werden nicht gezeigt.</translation>
    </message>
    <message>
        <source>The archive sent {value} instead of a DICOM object.</source>
        <translation>Das Archiv sandte {value} statt eines DICOM-Objekts.</translation>
    </message>
    <message>
        <source>The archive stopped taking data. Try again; what it has confirmed is stored.</source>
        <translation>Das Archiv nahm keine Daten mehr an. Versuchen Sie es erneut; was es bestätigt hat, ist gespeichert.</translation>
    </message>
    <message>
        <source>The archive&apos;s certificate is not trusted: it {reason}.</source>
        <translation>Dem Zertifikat des Archivs wird nicht vertraut: Es {reason}.</translation>
    </message>
    <message>
        <source>The deletion was stopped. What the archive had deleted by then is gone.</source>
        <translation>Das Löschen wurde angehalten. Was das Archiv bis dahin gelöscht hatte, ist weg.</translation>
    </message>
    <message>
        <source>The file of certificate authorities, {name}, cannot be read. Check its path and its permissions.</source>
        <translation>Die Datei der Zertifizierungsstellen, {name}, kann nicht gelesen werden. Prüfen Sie Pfad und Rechte.</translation>
    </message>
    <message>
        <source>The proxy of this network did not let the request through. Check the proxy settings of the system.</source>
        <translation>Der Proxy dieses Netzes ließ die Anfrage nicht durch. Prüfen Sie die Proxy-Einstellungen des Systems.</translation>
    </message>
    <message>
        <source>There is no server of this name. Check the address of the archive for a typing error.</source>
        <translation>Einen Server dieses Namens gibt es nicht. Prüfen Sie die Adresse des Archivs auf Tippfehler.</translation>
    </message>
    <message>
        <source>This archive cannot be searched. Type or paste the Study Instance UID, or drop a manifest (FHIR ImagingStudy or Key Object Selection).</source>
        <translation>Dieses Archiv kann nicht durchsucht werden. Geben Sie die Study Instance UID ein, oder legen Sie ein Manifest ab (FHIR ImagingStudy oder Key Object Selection).</translation>
    </message>
    <message>
        <source>This archive does not offer deletion. Delete it there, with the archive&apos;s own tools.</source>
        <translation>Dieses Archiv bietet kein Löschen an. Löschen Sie dort mit den Werkzeugen des Archivs.</translation>
    </message>
    <message>
        <source>This archive draws no pictures.</source>
        <translation>Dieses Archiv zeichnet keine Bilder.</translation>
    </message>
    <message>
        <source>This archive lists no more than this, though it has more. Narrow the search.</source>
        <translation>Dieses Archiv listet nicht mehr als dies, obwohl es mehr hat. Grenzen Sie die Suche ein.</translation>
    </message>
    <message>
        <source>This is no web address. Correct the address of the archive.</source>
        <translation>Das ist keine Webadresse. Berichtigen Sie die Adresse des Archivs.</translation>
    </message>
    <message>
        <source>This object cannot be stored as metadata and bytes apart; it is stored whole instead.</source>
        <translation>Dieses Objekt kann nicht getrennt als Metadaten und Bytes gespeichert werden; es wird stattdessen ganz gespeichert.</translation>
    </message>
    <message>
        <source>What the archive says of this object makes no DICOM object.</source>
        <translation>Was das Archiv von diesem Objekt sagt, ergibt kein DICOM-Objekt.</translation>
    </message>
    <message>
        <source>You may not delete from this archive. Ask its owner for the right to delete.</source>
        <translation>Sie dürfen aus diesem Archiv nicht löschen. Bitten Sie seinen Besitzer um das Recht dazu.</translation>
    </message>
    <message>
        <source>{name} holds no certificate of an authority. Ask the archive&apos;s administrator for the right one.</source>
        <translation>{name} enthält kein Zertifikat einer Zertifizierungsstelle. Fragen Sie den Administrator des Archivs nach dem richtigen.</translation>
    </message>
</context>
<context>
    <name>difference</name>
    <message>
        <source>%s attributes differ.</source>
        <translation>%s Attribute weichen ab.</translation>
    </message>
    <message>
        <source>%s of %s frames are affected.</source>
        <translation>%s von %s Frames sind betroffen.</translation>
    </message>
    <message>
        <source>1 attribute differs.</source>
        <translation>1 Attribut weicht ab.</translation>
    </message>
    <message>
        <source>The images are the same, value for value.</source>
        <translation>Die Bilder sind gleich, Wert für Wert.</translation>
    </message>
    <message>
        <source>The images differ in %s of %s values, by %s at most.</source>
        <translation>Die Bilder weichen in %s von %s Werten ab, höchstens um %s.</translation>
    </message>
    <message>
        <source>no attribute differs.</source>
        <translation>kein Attribut weicht ab.</translation>
    </message>
</context>
<context>
    <name>imaging</name>
    <message>
        <source> It looks like {what}.</source>
        <translation> Sie sieht aus wie {what}.</translation>
    </message>
    <message>
        <source>, inverted by you</source>
        <translation>, von Ihnen invertiert</translation>
    </message>
    <message>
        <source>, not from the file</source>
        <translation>, nicht aus der Datei</translation>
    </message>
    <message>
        <source>, window {n} of {count} in the file (0028,1050), (0028,1051){where}</source>
        <translation>, Fenster {n} von {count} in der Datei (0028,1050), (0028,1051){where}</translation>
    </message>
    <message>
        <source>8-bit RGB; colour is not windowed</source>
        <translation>8-Bit-RGB; Farbe wird nicht gefenstert</translation>
    </message>
    <message>
        <source>A window with the width {width:g} is left out.</source>
        <translation>Ein Fenster mit der Breite {width:g} wird weggelassen.</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Fetch or export it again.</source>
        <translation>Holen oder exportieren Sie es erneut.</translation>
    </message>
    <message>
        <source>Frame {frame_number} is missing: the file is cut off after {count} frames. </source>
        <translation>Frame {frame_number} fehlt: Die Datei ist nach {count} Frames abgeschnitten. </translation>
    </message>
    <message>
        <source>Frame {number}</source>
        <translation>Frame {number}</translation>
    </message>
    <message>
        <source>Grey on the screen</source>
        <translation>Grau auf dem Bildschirm</translation>
    </message>
    <message>
        <source>High Bit {high} does not fit {stored} bits stored in {allocated}; {stored_2} is assumed.</source>
        <translation>High Bit {high} passt nicht zu {stored} gespeicherten Bits in {allocated}; {stored_2} wird angenommen.</translation>
    </message>
    <message>
        <source>Lightbox cannot show the colour model {photometric}.</source>
        <translation>Lightbox kann das Farbmodell {photometric} nicht zeigen.</translation>
    </message>
    <message>
        <source>M-mode</source>
        <translation>M-Mode</translation>
    </message>
    <message>
        <source>MONOCHROME1 and Presentation LUT Shape INVERSE (2050,0020) say the same: it is inverted once.</source>
        <translation>MONOCHROME1 und Presentation LUT Shape INVERSE (2050,0020) sagen dasselbe: Es wird einmal invertiert.</translation>
    </message>
    <message>
        <source>Modality value</source>
        <translation>Modalitätswert</translation>
    </message>
    <message>
        <source>Only the header of this object is here, not its pixels.</source>
        <translation>Von diesem Objekt ist nur der Kopf hier, nicht seine Pixel.</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>Padding</translation>
    </message>
    <message>
        <source>Photometric Interpretation is missing; {photometric} is assumed.</source>
        <translation>Photometric Interpretation fehlt; {photometric} wird angenommen.</translation>
    </message>
    <message>
        <source>Pixel Padding Value (0028,0120): {span} is no part of the image</source>
        <translation>Pixel Padding Value (0028,0120): {span} ist kein Teil des Bildes</translation>
    </message>
    <message>
        <source>Polarity</source>
        <translation>Polarität</translation>
    </message>
    <message>
        <source>Presentation</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Presentation LUT Sequence (2050,0010), {count} entries of {bits} bits</source>
        <translation>Presentation LUT Sequence (2050,0010), {count} Einträge zu {bits} Bit</translation>
    </message>
    <message>
        <source>Rescale Intercept is given without a Rescale Slope (0028,1053); 1 is assumed.</source>
        <translation>Rescale Intercept steht ohne Rescale Slope (0028,1053); 1 wird angenommen.</translation>
    </message>
    <message>
        <source>Rescale Slope is 0; it is ignored.</source>
        <translation>Rescale Slope ist 0; er wird ignoriert.</translation>
    </message>
    <message>
        <source>SUV cannot be computed for this image: {reason}.</source>
        <translation>SUV kann für dieses Bild nicht berechnet werden: {reason}.</translation>
    </message>
    <message>
        <source>Stored value</source>
        <translation>Gespeicherter Wert</translation>
    </message>
    <message>
        <source>The Modality LUT (0028,3000) leads from this X-ray image back to intensities; it is not for display and is left out.</source>
        <translation>Die Modality LUT (0028,3000) führt von diesem Röntgenbild zurück zu Intensitäten; sie ist nicht für die Anzeige und bleibt weg.</translation>
    </message>
    <message>
        <source>The VOI LUT holds values of more than the {bits} bits it announces.</source>
        <translation>Die VOI-LUT enthält Werte mit mehr als den angekündigten {bits} Bit.</translation>
    </message>
    <message>
        <source>The VOI LUT is much wider than the values of this image.</source>
        <translation>Die VOI-LUT ist viel breiter als die Werte dieses Bildes.</translation>
    </message>
    <message>
        <source>The colour palette of the image is damaged.</source>
        <translation>Die Farbpalette des Bildes ist beschädigt.</translation>
    </message>
    <message>
        <source>The compressed image ends early; its lower part is missing.</source>
        <translation>Das komprimierte Bild endet früh; sein unterer Teil fehlt.</translation>
    </message>
    <message>
        <source>The compressed image has no readable header. Fetch or export it again.</source>
        <translation>Das komprimierte Bild hat keinen lesbaren Kopf. Holen oder exportieren Sie es erneut.</translation>
    </message>
    <message>
        <source>The compressed image has the shape {shape} instead of {shape_2}.</source>
        <translation>Das komprimierte Bild hat die Form {shape} statt {shape_2}.</translation>
    </message>
    <message>
        <source>The compressed image is damaged and cannot be decoded. Fetch or export it again.</source>
        <translation>Das komprimierte Bild ist beschädigt und kann nicht dekodiert werden. Holen oder exportieren Sie es erneut.</translation>
    </message>
    <message>
        <source>The compressed pixel data holds no fragments. Fetch or export it again.</source>
        <translation>Die komprimierten Pixeldaten enthalten keine Fragmente. Holen oder exportieren Sie das Objekt erneut.</translation>
    </message>
    <message>
        <source>The compressed pixel data is cut off at its beginning. Fetch or export it again.</source>
        <translation>Die komprimierten Pixeldaten sind am Anfang abgeschnitten. Holen oder exportieren Sie das Objekt erneut.</translation>
    </message>
    <message>
        <source>The deflated image is damaged, or has another size than its rows and columns say.</source>
        <translation>Das mit Deflate komprimierte Bild ist beschädigt oder hat eine andere Größe, als Zeilen und Spalten sagen.</translation>
    </message>
    <message>
        <source>The file breaks off in its header, before any pixels. Fetch or export it again.</source>
        <translation>Die Datei bricht im Kopf ab, vor den Pixeln. Holen oder exportieren Sie sie erneut.</translation>
    </message>
    <message>
        <source>The file does not say how it is written (its File Meta Information is missing); that was found out.</source>
        <translation>Die Datei sagt nicht, wie sie geschrieben ist (File Meta Information fehlt); das wurde herausgefunden.</translation>
    </message>
    <message>
        <source>The file ends early; the image may be incomplete.</source>
        <translation>Die Datei endet früh; das Bild kann unvollständig sein.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Die Datei ist leer.</translation>
    </message>
    <message>
        <source>The file {name} can no longer be read.</source>
        <translation>Die Datei {name} kann nicht mehr gelesen werden.</translation>
    </message>
    <message>
        <source>The file {name} cannot be read.</source>
        <translation>Die Datei {name} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The header of this DICOM file is damaged and cannot be read. Fetch or export it again.</source>
        <translation>Der Kopf dieser DICOM-Datei ist beschädigt und kann nicht gelesen werden. Holen oder exportieren Sie sie erneut.</translation>
    </message>
    <message>
        <source>The image</source>
        <translation>Das Bild</translation>
    </message>
    <message>
        <source>The image announces {columns} × {rows} pixels, but only {count} bytes are here. Fetch or export it again.</source>
        <translation>Das Bild kündigt {columns} × {rows} Pixel an, aber nur {count} Bytes sind hier. Holen oder exportieren Sie es erneut.</translation>
    </message>
    <message>
        <source>The image contradicts itself: {stored} bits stored in {allocated} bits allocated. Fetch or export it again.</source>
        <translation>Das Bild widerspricht sich: {stored} gespeicherte Bits in {allocated} belegten Bits. Holen oder exportieren Sie es erneut.</translation>
    </message>
    <message>
        <source>The image does not say how many bits a pixel has. Fetch or export it again.</source>
        <translation>Das Bild sagt nicht, wie viele Bits ein Pixel hat. Holen oder exportieren Sie es erneut.</translation>
    </message>
    <message>
        <source>The image does not say how many rows and columns it has. Fetch or export it again.</source>
        <translation>Das Bild sagt nicht, wie viele Zeilen und Spalten es hat. Holen oder exportieren Sie es erneut.</translation>
    </message>
    <message>
        <source>The image halves its colour resolution, but has an odd number of columns or rows.</source>
        <translation>Das Bild halbiert seine Farbauflösung, hat aber eine ungerade Zahl von Spalten oder Zeilen.</translation>
    </message>
    <message>
        <source>The image has {samples} samples per pixel; Lightbox reads 1 and 3.</source>
        <translation>Das Bild hat {samples} Werte je Pixel; Lightbox liest 1 und 3.</translation>
    </message>
    <message>
        <source>The image holds windows and VOI LUTs; either may be meant.</source>
        <translation>Das Bild enthält Fenster und VOI-LUTs; beides kann gemeint sein.</translation>
    </message>
    <message>
        <source>The image needs a colour palette, but its palette is empty.</source>
        <translation>Das Bild braucht eine Farbpalette, aber seine Palette ist leer.</translation>
    </message>
    <message>
        <source>The image needs a colour palette, but its palette is missing or incomplete.</source>
        <translation>Das Bild braucht eine Farbpalette, aber seine Palette fehlt oder ist unvollständig.</translation>
    </message>
    <message>
        <source>The image shows low values white by itself and is inverted here: low values are black.</source>
        <translation>Das Bild zeigt niedrige Werte von sich aus weiß und ist hier invertiert: Niedrige Werte sind schwarz.</translation>
    </message>
    <message>
        <source>The image uses {allocated} bits for each pixel; Lightbox reads 1, 8, 16, 32 and 64.</source>
        <translation>Das Bild verwendet {allocated} Bit je Pixel; Lightbox liest 1, 8, 16, 32 und 64.</translation>
    </message>
    <message>
        <source>The object announces {columns} × {rows} pixels, its compressed image has {columns_2} × {rows_2}.</source>
        <translation>Das Objekt kündigt {columns} × {rows} Pixel an, sein komprimiertes Bild hat {columns_2} × {rows_2}.</translation>
    </message>
    <message>
        <source>The object announces {columns} × {rows} pixels, its video has {shape} × {shape_2}.</source>
        <translation>Das Objekt kündigt {columns} × {rows} Pixel an, sein Video hat {shape} × {shape_2}.</translation>
    </message>
    <message>
        <source>The object announces {declared} frames, but its pixel data holds {here}.</source>
        <translation>Das Objekt kündigt {declared} Frames an, aber seine Pixeldaten enthalten {here}.</translation>
    </message>
    <message>
        <source>The object announces {samples} samples per pixel, its compressed image has {components}.</source>
        <translation>Das Objekt kündigt {samples} Werte je Pixel an, sein komprimiertes Bild hat {components}.</translation>
    </message>
    <message>
        <source>The palette is too short: {length} of {announced} colours are here; the rest is shown in the last one.</source>
        <translation>Die Palette ist zu kurz: {length} von {announced} Farben sind hier; der Rest wird in der letzten gezeigt.</translation>
    </message>
    <message>
        <source>The pixel data is shorter than its rows and columns say. Fetch or export it again.</source>
        <translation>Die Pixeldaten sind kürzer, als Zeilen und Spalten sagen. Holen oder exportieren Sie das Objekt erneut.</translation>
    </message>
    <message>
        <source>The rescale is this frame&apos;s own: the same stored value may mean another in the next frame.</source>
        <translation>Die Skalierung gehört nur zu diesem Frame: Derselbe gespeicherte Wert kann im nächsten etwas anderes bedeuten.</translation>
    </message>
    <message>
        <source>The run-length coded image has another size than its rows and columns say.</source>
        <translation>Das lauflängenkodierte Bild hat eine andere Größe, als Zeilen und Spalten sagen.</translation>
    </message>
    <message>
        <source>The run-length coded image has {found} segments where its pixels need {count}.</source>
        <translation>Das lauflängenkodierte Bild hat {found} Segmente, wo seine Pixel {count} brauchen.</translation>
    </message>
    <message>
        <source>The run-length coded image is cut off in its header. Fetch or export it again.</source>
        <translation>Das lauflängenkodierte Bild ist im Kopf abgeschnitten. Holen oder exportieren Sie es erneut.</translation>
    </message>
    <message>
        <source>The run-length coded image is cut off, or its segments overlap. Fetch or export it again.</source>
        <translation>Das lauflängenkodierte Bild ist abgeschnitten, oder seine Segmente überlappen. Holen oder exportieren Sie es erneut.</translation>
    </message>
    <message>
        <source>The run-length coded image is damaged.</source>
        <translation>Das lauflängenkodierte Bild ist beschädigt.</translation>
    </message>
    <message>
        <source>The run-length coded image is shorter than its rows and columns say.</source>
        <translation>Das lauflängenkodierte Bild ist kürzer, als Zeilen und Spalten sagen.</translation>
    </message>
    <message>
        <source>The video cannot be read: its stream is damaged, or of another kind than announced.</source>
        <translation>Das Video kann nicht gelesen werden: Sein Datenstrom ist beschädigt oder von anderer Art als angekündigt.</translation>
    </message>
    <message>
        <source>The video ends before frame {number}. Fetch or export it again.</source>
        <translation>Das Video endet vor Frame {number}. Holen oder exportieren Sie es erneut.</translation>
    </message>
    <message>
        <source>The window is this frame&apos;s own; others may open with another.</source>
        <translation>Das Fenster gehört nur zu diesem Frame; andere öffnen vielleicht mit einem anderen.</translation>
    </message>
    <message>
        <source>The window lies outside the values of this image.</source>
        <translation>Das Fenster liegt außerhalb der Werte dieses Bildes.</translation>
    </message>
    <message>
        <source>The {frame_count} frames cannot be told apart in {count} fragments of compressed data. Export the object again with an offset table.</source>
        <translation>Die {frame_count} Frames lassen sich in {count} Fragmenten komprimierter Daten nicht unterscheiden. Exportieren Sie das Objekt erneut mit einer Offset-Tabelle.</translation>
    </message>
    <message>
        <source>This CT image gives no rescale to HU; stored values are shown.</source>
        <translation>Dieses CT-Bild gibt keine Skalierung zu HU an; gespeicherte Werte werden gezeigt.</translation>
    </message>
    <message>
        <source>This DICOM file is cut off: it holds nothing but its beginning. Fetch or export it again.</source>
        <translation>Diese DICOM-Datei ist abgeschnitten: Sie enthält nur ihren Anfang. Holen oder exportieren Sie sie erneut.</translation>
    </message>
    <message>
        <source>This deflated DICOM file is damaged and cannot be unpacked. Fetch or export it again.</source>
        <translation>Diese mit Deflate gepackte DICOM-Datei ist beschädigt und kann nicht entpackt werden. Holen oder exportieren Sie sie erneut.</translation>
    </message>
    <message>
        <source>This deflated DICOM file unpacks to more than {limit} MB, which its {size} bytes do not justify.</source>
        <translation>Diese mit Deflate gepackte DICOM-Datei entpackt sich zu mehr als {limit} MB, was ihre {size} Bytes nicht rechtfertigen.</translation>
    </message>
    <message>
        <source>This frame is empty: its compressed data is missing. Fetch or export it again.</source>
        <translation>Dieser Frame ist leer: Seine komprimierten Daten fehlen. Holen oder exportieren Sie das Objekt erneut.</translation>
    </message>
    <message>
        <source>This image gives some of its values a colour of their own, but its palette is damaged; they are shown grey.</source>
        <translation>Dieses Bild gibt einigen Werten eine eigene Farbe, aber seine Palette ist beschädigt; sie werden grau gezeigt.</translation>
    </message>
    <message>
        <source>This image is coded as “{name}”, which Lightbox cannot read.</source>
        <translation>Dieses Bild ist als „{name}“ kodiert, was Lightbox nicht lesen kann.</translation>
    </message>
    <message>
        <source>This image is coded in a private way that Lightbox cannot read.</source>
        <translation>Dieses Bild ist auf eine private Art kodiert, die Lightbox nicht lesen kann.</translation>
    </message>
    <message>
        <source>This is a video ({name}), and the part of Lightbox that plays videos is not installed (OpenCV). Install it, or open the video with another player.</source>
        <translation>Dies ist ein Video ({name}), und der Teil von Lightbox, der Videos abspielt, ist nicht installiert (OpenCV). Installieren Sie ihn, oder öffnen Sie das Video mit einem anderen Programm.</translation>
    </message>
    <message>
        <source>This is a video ({name}), which cannot be read here. Open it in the viewer, or with another player.</source>
        <translation>Dies ist ein Video ({name}), das hier nicht gelesen werden kann. Öffnen Sie es im Viewer oder mit einem anderen Programm.</translation>
    </message>
    <message>
        <source>This is not a DICOM file.</source>
        <translation>Das ist keine DICOM-Datei.</translation>
    </message>
    <message>
        <source>This object describes an image, but its pixel data is missing. Fetch or export it again.</source>
        <translation>Dieses Objekt beschreibt ein Bild, aber seine Pixeldaten fehlen. Holen oder exportieren Sie es erneut.</translation>
    </message>
    <message>
        <source>VOI LUT{name} (0028,3010), entry {entry} of {count}{where}</source>
        <translation>VOI-LUT{name} (0028,3010), Eintrag {entry} von {count}{where}</translation>
    </message>
    <message>
        <source>Value as {name}</source>
        <translation>Wert als {name}</translation>
    </message>
    <message>
        <source>a GIF picture</source>
        <translation>ein GIF-Bild</translation>
    </message>
    <message>
        <source>a JPEG picture</source>
        <translation>ein JPEG-Bild</translation>
    </message>
    <message>
        <source>a JSON text</source>
        <translation>ein JSON-Text</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>ein PDF-Dokument</translation>
    </message>
    <message>
        <source>a PNG picture</source>
        <translation>ein PNG-Bild</translation>
    </message>
    <message>
        <source>a ZIP archive</source>
        <translation>ein ZIP-Archiv</translation>
    </message>
    <message>
        <source>a bitmap picture</source>
        <translation>ein Bitmap-Bild</translation>
    </message>
    <message>
        <source>a web page</source>
        <translation>eine Webseite</translation>
    </message>
    <message>
        <source>black</source>
        <translation>schwarz</translation>
    </message>
    <message>
        <source>calibrated at the centre of the beam</source>
        <translation>im Zentralstrahl kalibriert</translation>
    </message>
    <message>
        <source>calibrated by a marker</source>
        <translation>mit einem Marker kalibriert</translation>
    </message>
    <message>
        <source>calibrated by the geometry of the exposure</source>
        <translation>aus der Aufnahmegeometrie kalibriert</translation>
    </message>
    <message>
        <source>calibrated, the file does not say how</source>
        <translation>kalibriert, die Datei sagt nicht wie</translation>
    </message>
    <message>
        <source>graphics</source>
        <translation>Grafik</translation>
    </message>
    <message>
        <source>its own table (0040,9212)</source>
        <translation>eigene Tabelle (0040,9212)</translation>
    </message>
    <message>
        <source>lossy</source>
        <translation>verlustbehaftet</translation>
    </message>
    <message>
        <source>lossy {ratio}:1</source>
        <translation>verlustbehaftet {ratio}:1</translation>
    </message>
    <message>
        <source>low values black</source>
        <translation>niedrige Werte schwarz</translation>
    </message>
    <message>
        <source>low values white</source>
        <translation>niedrige Werte weiß</translation>
    </message>
    <message>
        <source>magnification {factor} taken out (ERMF)</source>
        <translation>Vergrößerung {factor} herausgerechnet (ERMF)</translation>
    </message>
    <message>
        <source>no rescale: the stored value itself</source>
        <translation>keine Skalierung: der gespeicherte Wert selbst</translation>
    </message>
    <message>
        <source>nominal, of the scanner</source>
        <translation>Nennwert des Scanners</translation>
    </message>
    <message>
        <source>of this frame alone</source>
        <translation>nur dieses Frames</translation>
    </message>
    <message>
        <source>pixel spacing</source>
        <translation>Pixelabstand</translation>
    </message>
    <message>
        <source>shared by all frames</source>
        <translation>allen Frames gemeinsam</translation>
    </message>
    <message>
        <source>spectrum</source>
        <translation>Spektrum</translation>
    </message>
    <message>
        <source>stored</source>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>waveform</source>
        <translation>Kurve</translation>
    </message>
    <message>
        <source>{line}, that leads to {name}</source>
        <translation>{line}, das führt zu {name}</translation>
    </message>
    <message>
        <source>{name} is {found:g}; it is ignored.</source>
        <translation>{name} ist {found:g}; es wird ignoriert.</translation>
    </message>
    <message>
        <source>{none} of {size} pixels hold no finite number; those that are none are black.</source>
        <translation>{none} von {size} Pixeln enthalten keine endliche Zahl; diese sind schwarz.</translation>
    </message>
    <message>
        <source>{photometric} and Presentation LUT Shape {shape} contradict each other; the shape is followed.</source>
        <translation>{photometric} und Presentation LUT Shape {shape} widersprechen sich; die Shape gilt.</translation>
    </message>
    <message>
        <source>{photometric} with one sample per pixel is read as MONOCHROME2.</source>
        <translation>{photometric} mit einem Wert je Pixel wird als MONOCHROME2 gelesen.</translation>
    </message>
    <message>
        <source>{photometric} with three samples per pixel is read as RGB.</source>
        <translation>{photometric} mit drei Werten je Pixel wird als RGB gelesen.</translation>
    </message>
    <message>
        <source>{source}, magnification 1</source>
        <translation>{source}, Vergrößerung 1</translation>
    </message>
    <message>
        <source>{value} of {most}</source>
        <translation>{value} von {most}</translation>
    </message>
    <message>
        <source>{which} is cut off: {count} of {wanted} bytes are here. {again}</source>
        <translation>{which} ist abgeschnitten: {count} von {wanted} Bytes sind hier. {again}</translation>
    </message>
    <message>
        <source>{which} is cut off: {missing} of {wanted} bytes are missing and shown as zero.</source>
        <translation>{which} ist abgeschnitten: {missing} von {wanted} Bytes fehlen und werden als null gezeigt.</translation>
    </message>
</context>
<context>
    <name>links</name>
    <message>
        <source>No web viewer is known of this archive.</source>
        <translation>Von diesem Archiv ist kein Web-Viewer bekannt.</translation>
    </message>
    <message>
        <source>This archive is on this computer only. There is no link to it that others could use.</source>
        <translation>Dieses Archiv ist nur auf diesem Computer. Es gibt keinen Link darauf, den andere benutzen könnten.</translation>
    </message>
</context>
<context>
    <name>making</name>
    <message>
        <source>no name</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>study without a description</source>
        <translation>Studie ohne Beschreibung</translation>
    </message>
</context>
<context>
    <name>objects</name>
    <message>
        <source> and {count} more</source>
        <translation> und {count} weitere</translation>
    </message>
    <message>
        <source>A drawing of this report names no image or no points.</source>
        <translation>Eine Zeichnung dieses Befunds nennt kein Bild oder keine Punkte.</translation>
    </message>
    <message>
        <source>A place in time</source>
        <translation>Eine Stelle in der Zeit</translation>
    </message>
    <message>
        <source>An object cannot be listed in a DICOMDIR, because it lacks what a directory asks for. Export it as a plain folder.</source>
        <translation>Ein Objekt kann nicht in ein DICOMDIR aufgenommen werden, weil ihm fehlt, was ein Verzeichnis verlangt. Exportieren Sie es als einfachen Ordner.</translation>
    </message>
    <message>
        <source>Annotation groups</source>
        <translation>Annotationsgruppen</translation>
    </message>
    <message>
        <source>Announces {length} bytes, but {stop} are left.</source>
        <translation>Kündigt {length} Bytes an, aber {stop} sind übrig.</translation>
    </message>
    <message>
        <source>Beams</source>
        <translation>Strahlen</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Dose grid scaling</source>
        <translation>Dosis-Skalierung</translation>
    </message>
    <message>
        <source>Drawing on image</source>
        <translation>Zeichnung auf dem Bild</translation>
    </message>
    <message>
        <source>Drawing that names no image or no points</source>
        <translation>Zeichnung, die kein Bild oder keine Punkte nennt</translation>
    </message>
    <message>
        <source>Drawn in space, not on one image</source>
        <translation>Im Raum gezeichnet, nicht auf einem Bild</translation>
    </message>
    <message>
        <source>Fraction groups</source>
        <translation>Fraktionsgruppen</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Frames</translation>
    </message>
    <message>
        <source>Further parts</source>
        <translation>Weitere Teile</translation>
    </message>
    <message>
        <source>Hanging protocol for</source>
        <translation>Hängeprotokoll für</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Images of this kind often show names in their pixels, and nobody has marked it as free of them.</source>
        <translation>Bilder dieser Art zeigen oft Namen in den Pixeln, und niemand hat es als frei davon markiert.</translation>
    </message>
    <message>
        <source>It brings a {name} table of its own, which cannot be read.</source>
        <translation>Es bringt eine eigene Tabelle {name} mit, die nicht gelesen werden kann.</translation>
    </message>
    <message>
        <source>It brings an overlay plane that cannot be read.</source>
        <translation>Es bringt eine Overlay-Ebene mit, die sich nicht lesen lässt.</translation>
    </message>
    <message>
        <source>It cannot be de-identified: it is damaged, so nothing tells what names someone.</source>
        <translation>Es kann nicht de-identifiziert werden: Es ist beschädigt, daher sagt nichts, was jemanden benennt.</translation>
    </message>
    <message>
        <source>It has more than 8 bits per colour, which these DICOM objects cannot hold without loss.</source>
        <translation>Es hat mehr als 8 Bit je Farbe, was diese DICOM-Objekte nicht verlustfrei fassen.</translation>
    </message>
    <message>
        <source>Its pages differ in size or colour. DICOM wants them alike; save them one by one.</source>
        <translation>Seine Seiten unterscheiden sich in Größe oder Farbe. DICOM will sie gleich; speichern Sie sie einzeln.</translation>
    </message>
    <message>
        <source>Its pixels are marked as showing annotations, which may name the patient.</source>
        <translation>Seine Pixel sind als mit Beschriftung markiert, die den Patienten nennen kann.</translation>
    </message>
    <message>
        <source>Its values are real or 32-bit numbers. Convert it to 16-bit grey first.</source>
        <translation>Seine Werte sind reelle oder 32-Bit-Zahlen. Wandeln Sie es zuerst in 16-Bit-Grau um.</translation>
    </message>
    <message>
        <source>Kind of document</source>
        <translation>Art des Dokuments</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Bezeichnung</translation>
    </message>
    <message>
        <source>Laid onto</source>
        <translation>Gelegt auf</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Hersteller</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>Part {number}</source>
        <translation>Teil {number}</translation>
    </message>
    <message>
        <source>Points to nothing</source>
        <translation>Zeigt auf nichts</translation>
    </message>
    <message>
        <source>Says nothing</source>
        <translation>Sagt nichts</translation>
    </message>
    <message>
        <source>See item {place}</source>
        <translation>Siehe Eintrag {place}</translation>
    </message>
    <message>
        <source>Segments</source>
        <translation>Segmente</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Specific Character Set (0008,0005) names one that DICOM does not know.</source>
        <translation>Specific Character Set (0008,0005) nennt einen Zeichensatz, den DICOM nicht kennt.</translation>
    </message>
    <message>
        <source>Structures</source>
        <translation>Strukturen</translation>
    </message>
    <message>
        <source>The document asks for a password. Save it without one first.</source>
        <translation>Das Dokument verlangt ein Passwort. Speichern Sie es zuerst ohne eines.</translation>
    </message>
    <message>
        <source>The document is damaged, or no PDF.</source>
        <translation>Das Dokument ist beschädigt oder kein PDF.</translation>
    </message>
    <message>
        <source>The film is damaged, or no MP4.</source>
        <translation>Der Film ist beschädigt oder kein MP4.</translation>
    </message>
    <message>
        <source>The film is {what}. DICOM takes H.264 Main or High up to level 4.2 and H.265 Main up to level 5.1; export it like that.</source>
        <translation>Der Film ist {what}. DICOM nimmt H.264 Main oder High bis Level 4.2 und H.265 Main bis Level 5.1; exportieren Sie ihn so.</translation>
    </message>
    <message>
        <source>The image does not say what it is, so nothing can be stored that points to it.</source>
        <translation>Das Bild sagt nicht, was es ist, daher kann nichts gespeichert werden, das auf es zeigt.</translation>
    </message>
    <message>
        <source>The picture is damaged: it cannot be read to its end.</source>
        <translation>Das Bild ist beschädigt: Es kann nicht bis zum Ende gelesen werden.</translation>
    </message>
    <message>
        <source>The picture is too large: more than 400 million pixels.</source>
        <translation>Das Bild ist zu groß: mehr als 400 Millionen Pixel.</translation>
    </message>
    <message>
        <source>This PDF is locked with a password, so its pages cannot be shown. Ask its sender for an open one.</source>
        <translation>Dieses PDF ist mit einem Passwort gesperrt, daher können seine Seiten nicht gezeigt werden. Bitten Sie den Absender um ein offenes.</translation>
    </message>
    <message>
        <source>This document calls itself a PDF, but is none. It can be exported and looked at with another program.</source>
        <translation>Dieses Dokument nennt sich PDF, ist aber keines. Es kann exportiert und mit einem anderen Programm angesehen werden.</translation>
    </message>
    <message>
        <source>This document is XML, but cannot be read.</source>
        <translation>Dieses Dokument ist XML, kann aber nicht gelesen werden.</translation>
    </message>
    <message>
        <source>This key object points to no image.</source>
        <translation>Dieses Schlüsselobjekt zeigt auf kein Bild.</translation>
    </message>
    <message>
        <source>This object holds no document.</source>
        <translation>Dieses Objekt enthält kein Dokument.</translation>
    </message>
    <message>
        <source>This object holds no waveform.</source>
        <translation>Dieses Objekt enthält keine Kurven.</translation>
    </message>
    <message>
        <source>This presentation state names no image.</source>
        <translation>Dieser Präsentationszustand nennt kein Bild.</translation>
    </message>
    <message>
        <source>This report holds a content item of a kind that is not known.</source>
        <translation>Dieser Befund enthält einen Eintrag unbekannter Art.</translation>
    </message>
    <message>
        <source>This report is empty.</source>
        <translation>Dieser Befund ist leer.</translation>
    </message>
    <message>
        <source>This report is longer or deeper than can be shown; its end is left out.</source>
        <translation>Dieser Befund ist länger oder tiefer, als gezeigt werden kann; sein Ende fehlt.</translation>
    </message>
    <message>
        <source>Waveform</source>
        <translation>Kurve</translation>
    </message>
    <message>
        <source>and turned</source>
        <translation>und gedreht</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>decoded and turned upright, as its camera noted</source>
        <translation>dekodiert und aufgerichtet, wie die Kamera es vermerkt hat</translation>
    </message>
    <message>
        <source>decoded, because it is no baseline JPEG</source>
        <translation>dekodiert, weil es kein Baseline-JPEG ist</translation>
    </message>
    <message>
        <source>decoded, because it is progressive, which DICOM does not know</source>
        <translation>dekodiert, weil es progressiv ist, was DICOM nicht kennt</translation>
    </message>
    <message>
        <source>decoded, because its colours are made for printing (CMYK)</source>
        <translation>dekodiert, weil seine Farben für den Druck gemacht sind (CMYK)</translation>
    </message>
    <message>
        <source>deformed by a grid</source>
        <translation>verformt durch ein Gitter</translation>
    </message>
    <message>
        <source>frame of reference {uid}</source>
        <translation>Bezugssystem {uid}</translation>
    </message>
    <message>
        <source>its matrix cannot be read</source>
        <translation>seine Matrix ist nicht lesbar</translation>
    </message>
    <message>
        <source>its own JPEG bytes</source>
        <translation>eigene JPEG-Bytes</translation>
    </message>
    <message>
        <source>kept without loss</source>
        <translation>verlustfrei bewahrt</translation>
    </message>
    <message>
        <source>moved by ({way}) mm</source>
        <translation>verschoben um ({way}) mm</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>kein Wert</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>nothing is moved</source>
        <translation>nichts wird bewegt</translation>
    </message>
    <message>
        <source>nothing that it names</source>
        <translation>nichts, das es nennt</translation>
    </message>
    <message>
        <source>of a kind not said</source>
        <translation>von nicht genannter Art</translation>
    </message>
    <message>
        <source>of series {uids}</source>
        <translation>der Serie {uids}</translation>
    </message>
    <message>
        <source>one image</source>
        <translation>ein Bild</translation>
    </message>
    <message>
        <source>what already lies there</source>
        <translation>was schon dort liegt</translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation>{count} Bytes</translation>
    </message>
    <message>
        <source>{count} bytes, check sum {digest}</source>
        <translation>{count} Bytes, Prüfsumme {digest}</translation>
    </message>
    <message>
        <source>{count} images</source>
        <translation>{count} Bilder</translation>
    </message>
    <message>
        <source>{label} ends early: it has {whole} of {length} samples.</source>
        <translation>{label} endet früh: {whole} von {length} Werten sind da.</translation>
    </message>
    <message>
        <source>{label} has a sampling frequency of zero, so it has no scale of time and is not drawn.</source>
        <translation>{label} hat eine Abtastrate von null, also keine Zeitachse, und wird nicht gezeichnet.</translation>
    </message>
    <message>
        <source>{label} holds no samples.</source>
        <translation>{label} enthält keine Werte.</translation>
    </message>
    <message>
        <source>{label} is coded in a way that Lightbox cannot read (only linear samples are read).</source>
        <translation>{label} ist so kodiert, dass Lightbox es nicht lesen kann (nur lineare Werte werden gelesen).</translation>
    </message>
    <message>
        <source>{label} is too long to be drawn.</source>
        <translation>{label} ist zu lang zum Zeichnen.</translation>
    </message>
    <message>
        <source>{named} is empty; every object of this kind must say it.</source>
        <translation>{named} ist leer; jedes Objekt dieser Art muss es angeben.</translation>
    </message>
    <message>
        <source>{named} is missing; every object of this kind must have it.</source>
        <translation>{named} fehlt; jedes Objekt dieser Art muss es haben.</translation>
    </message>
    <message>
        <source>{name} cannot be read.</source>
        <translation>{name} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>{name} has a value that is not allowed for its kind ({vr}).</source>
        <translation>{name} hat einen Wert, der für seine Art ({vr}) nicht erlaubt ist.</translation>
    </message>
    <message>
        <source>{name} has {VM} values; DICOM allows {vm_of}.</source>
        <translation>{name} hat {VM} Werte; DICOM erlaubt {vm_of}.</translation>
    </message>
    <message>
        <source>{name} is written as {vr}; it must be {wanted}.</source>
        <translation>{name} ist als {vr} geschrieben; es muss {wanted} sein.</translation>
    </message>
    <message>
        <source>{tag_named} has letters beyond ASCII, but no character set is declared.</source>
        <translation>{tag_named} hat Buchstaben außerhalb von ASCII, aber kein Zeichensatz ist angegeben.</translation>
    </message>
    <message>
        <source>{tag_named} is not written in the character set that is declared.</source>
        <translation>{tag_named} ist nicht im angegebenen Zeichensatz geschrieben.</translation>
    </message>
    <message>
        <source>{why}; kept without loss from there</source>
        <translation>{why}; von dort an verlustfrei bewahrt</translation>
    </message>
</context>
<context>
    <name>page</name>
    <message>
        <source>No calibration: this page has no true scale.</source>
        <translation>Keine Kalibrierung: Diese Seite ist nicht maßstäblich.</translation>
    </message>
    <message>
        <source>cut to the page</source>
        <translation>auf die Seite zugeschnitten</translation>
    </message>
    <message>
        <source>life size</source>
        <translation>Lebensgröße</translation>
    </message>
    <message>
        <source>{length} mm in the patient</source>
        <translation>{length} mm im Patienten</translation>
    </message>
</context>
<context>
    <name>presets</name>
    <message>
        <source>Full range</source>
        <translation>Voller Bereich</translation>
    </message>
    <message>
        <source>Window %d of the image</source>
        <translation>Fenster %d des Bildes</translation>
    </message>
</context>
<context>
    <name>priors</name>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>1 month</source>
        <translation>1 Monat</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>1 Woche</translation>
    </message>
    <message>
        <source>1 year</source>
        <translation>1 Jahr</translation>
    </message>
    <message>
        <source>date unknown</source>
        <translation>Datum unbekannt</translation>
    </message>
    <message>
        <source>same day</source>
        <translation>selber Tag</translation>
    </message>
    <message>
        <source>{length} after</source>
        <translation>{length} danach</translation>
    </message>
    <message>
        <source>{length} before</source>
        <translation>{length} davor</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} Tage</translation>
    </message>
    <message>
        <source>{n} months</source>
        <translation>{n} Monate</translation>
    </message>
    <message>
        <source>{n} weeks</source>
        <translation>{n} Wochen</translation>
    </message>
    <message>
        <source>{n} years</source>
        <translation>{n} Jahre</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>(frame {number})</source>
        <translation>(Frame {number})</translation>
    </message>
    <message>
        <source>Drawings</source>
        <translation>Zeichnungen</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Inverted</source>
        <translation>Invertiert</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Bezeichnung</translation>
    </message>
    <message>
        <source>Lightbox does not draw objects of this kind. Its attributes can be read with the button Tags.</source>
        <translation>Lightbox zeichnet Objekte dieser Art nicht. Die Schaltfläche Tags zeigt ihre Attribute.</translation>
    </message>
    <message>
        <source>Mirrored</source>
        <translation>Gespiegelt</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>Overlays</source>
        <translation>Overlays</translation>
    </message>
    <message>
        <source>SOP class</source>
        <translation>SOP-Klasse</translation>
    </message>
    <message>
        <source>Shutter</source>
        <translation>Blende</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Turned</source>
        <translation>Gedreht</translation>
    </message>
    <message>
        <source>Window (width / centre)</source>
        <translation>Fenster (Breite / Zentrum)</translation>
    </message>
    <message>
        <source>image {number}</source>
        <translation>Bild {number}</translation>
    </message>
    <message>
        <source>image …{end}</source>
        <translation>Bild …{end}</translation>
    </message>
    <message>
        <source>series {number}</source>
        <translation>Serie {number}</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
</context>
<context>
    <name>services</name>
    <message>
        <source>1 image</source>
        <translation>1 Bild</translation>
    </message>
    <message>
        <source>1 study</source>
        <translation>1 Studie</translation>
    </message>
    <message>
        <source>A list without any key image cannot be stored: the archive keeps the one that it has.</source>
        <translation>Eine Liste ohne Schlüsselbild kann nicht gespeichert werden: Das Archiv behält die, die es hat.</translation>
    </message>
    <message>
        <source>All that are needed have a value of their VR.</source>
        <translation>Alle nötigen haben einen Wert ihrer VR.</translation>
    </message>
    <message>
        <source>Another account came back from the browser, and it was not used. Sign in again.</source>
        <translation>Ein anderes Konto kam vom Browser zurück und wurde nicht verwendet. Melden Sie sich erneut an.</translation>
    </message>
    <message>
        <source>Archive {number} in {file} cannot be used: {error}</source>
        <translation>Archiv {number} in {file} kann nicht verwendet werden: {error}</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>Bearer token without cookies</source>
        <translation>Bearer-Token ohne Cookies</translation>
    </message>
    <message>
        <source>Bits and samples</source>
        <translation>Bits und Werte</translation>
    </message>
    <message>
        <source>Both come as DICOM JSON.</source>
        <translation>Beides kommt als DICOM-JSON.</translation>
    </message>
    <message>
        <source>Decompressed by the archive: Lightbox cannot read how this image is stored</source>
        <translation>Vom Archiv dekomprimiert: Lightbox kann nicht lesen, wie dieses Bild gespeichert ist</translation>
    </message>
    <message>
        <source>Enter the user name and password, or the token, of this archive again.</source>
        <translation>Geben Sie Benutzername und Passwort oder das Token dieses Archivs erneut ein.</translation>
    </message>
    <message>
        <source>Fit for CXR Foundation (an X-ray image).</source>
        <translation>Geeignet für CXR Foundation (ein Röntgenbild).</translation>
    </message>
    <message>
        <source>Fit for Path Foundation ({SLIDES}).</source>
        <translation>Geeignet für Path Foundation ({SLIDES}).</translation>
    </message>
    <message>
        <source>Form of the link</source>
        <translation>Form des Links</translation>
    </message>
    <message>
        <source>Fragments</source>
        <translation>Fragmente</translation>
    </message>
    <message>
        <source>Frame {number} has {count} bytes instead of {frame_bytes}.</source>
        <translation>Frame {number} hat {count} Bytes statt {frame_bytes}.</translation>
    </message>
    <message>
        <source>Frames of this kind are read from the whole object.</source>
        <translation>Frames dieser Art werden aus dem ganzen Objekt gelesen.</translation>
    </message>
    <message>
        <source>How you arranged this study cannot be remembered. Check the space and permissions of {parent}.</source>
        <translation>Wie Sie diese Studie angeordnet haben, kann nicht gemerkt werden. Prüfen Sie Platz und Rechte von {parent}.</translation>
    </message>
    <message>
        <source>In multipart and in a single part.</source>
        <translation>In Multipart und als einzelner Teil.</translation>
    </message>
    <message>
        <source>Instances as stored</source>
        <translation>Instanzen wie gespeichert</translation>
    </message>
    <message>
        <source>It can only retrieve: open studies by their UID or a manifest</source>
        <translation>Es kann nur abrufen: Öffnen Sie Studien über ihre UID oder ein Manifest</translation>
    </message>
    <message>
        <source>It cannot be compared: one of the two is damaged.</source>
        <translation>Es kann nicht verglichen werden: Eines der beiden ist beschädigt.</translation>
    </message>
    <message>
        <source>It has not answered.</source>
        <translation>Es hat nicht geantwortet.</translation>
    </message>
    <message>
        <source>It has the UID of {name} in this upload, but other content. Only that one was sent.</source>
        <translation>Sie hat die UID von {name} in diesem Hochladen, aber anderen Inhalt. Nur jene wurde gesendet.</translation>
    </message>
    <message>
        <source>It has the UID of {name} in this upload, which was sent. {trouble}</source>
        <translation>Sie hat dieselbe UID wie {name} in diesem Hochladen, die gesendet wurde. {trouble}</translation>
    </message>
    <message>
        <source>It has the UID of {name}.</source>
        <translation>Sie hat die UID von {name}.</translation>
    </message>
    <message>
        <source>It holds {} unpacked. Unpack the ZIP and drop the files.</source>
        <translation>Sie enthält entpackt {}. Entpacken Sie die ZIP-Datei und legen Sie die Dateien ab.</translation>
    </message>
    <message>
        <source>It is a ZIP inside a ZIP. Unpack the outer one and drop this one.</source>
        <translation>Es ist eine ZIP-Datei in einer ZIP-Datei. Entpacken Sie die äußere und legen Sie diese ab.</translation>
    </message>
    <message>
        <source>It is a link to another place. Links are not followed.</source>
        <translation>Es ist eine Verknüpfung zu einem anderen Ort. Verknüpfungen wird nicht gefolgt.</translation>
    </message>
    <message>
        <source>It is a link to another place. Links are not followed; drop the file itself.</source>
        <translation>Es ist eine Verknüpfung zu einem anderen Ort. Verknüpfungen wird nicht gefolgt; legen Sie die Datei selbst ab.</translation>
    </message>
    <message>
        <source>It is larger than {}.</source>
        <translation>Sie ist größer als {}.</translation>
    </message>
    <message>
        <source>It is neither JPEG, PNG, TIFF, PDF nor MP4.</source>
        <translation>Sie ist weder JPEG, PNG, TIFF, PDF noch MP4.</translation>
    </message>
    <message>
        <source>It is no ordinary file.</source>
        <translation>Es ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>It is the table of contents of a disc; the files that it names are taken on their own.</source>
        <translation>Es ist das Inhaltsverzeichnis eines Datenträgers; die Dateien, die es nennt, werden einzeln genommen.</translation>
    </message>
    <message>
        <source>It names another patient than {name}, which is of the same study.</source>
        <translation>Sie nennt einen anderen Patienten als {name} aus derselben Studie.</translation>
    </message>
    <message>
        <source>It was sent before this upload was interrupted.</source>
        <translation>Sie wurde gesendet, bevor dieses Hochladen unterbrochen wurde.</translation>
    </message>
    <message>
        <source>It would unpack {} out of {}. That is no image; it is not taken.</source>
        <translation>Es würden {} aus {} entpackt. Das ist kein Bild; sie wird nicht genommen.</translation>
    </message>
    <message>
        <source>Its name in the ZIP leads out of the ZIP. Such a file is not taken.</source>
        <translation>Ihr Name in der ZIP-Datei führt aus ihr heraus. So eine Datei wird nicht genommen.</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <source>Levels and concatenations</source>
        <translation>Ebenen und Verkettungen</translation>
    </message>
    <message>
        <source>Lightbox can write nothing on this computer, neither in your home nor for temporary files. Free some space, or ask your administrator.</source>
        <translation>Lightbox kann auf diesem Computer nichts schreiben, weder in Ihrem Benutzerordner noch für temporäre Dateien. Schaffen Sie Platz, oder fragen Sie Ihren Administrator.</translation>
    </message>
    <message>
        <source>Lightbox keeps no cookies, and its bearer token was taken.</source>
        <translation>Lightbox behält keine Cookies, und sein Bearer-Token wurde angenommen.</translation>
    </message>
    <message>
        <source>Lightbox once ended while it read this object, so it is left out. Open it with another program, or read it all the same: “Read what was left out again”.</source>
        <translation>Lightbox endete einmal, während es dieses Objekt las; daher wird es ausgelassen. Öffnen Sie es mit einem anderen Programm, oder lesen Sie es trotzdem: „Ausgelassenes wieder lesen“.</translation>
    </message>
    <message>
        <source>Missing or empty: </source>
        <translation>Fehlend oder leer: </translation>
    </message>
    <message>
        <source>Native pixel data.</source>
        <translation>Native Pixeldaten.</translation>
    </message>
    <message>
        <source>No JSON for: {names}.</source>
        <translation>Kein JSON für: {names}.</translation>
    </message>
    <message>
        <source>Nothing can be saved in {parent}. Check the free space and the permissions.</source>
        <translation>In {parent} kann nichts gespeichert werden. Prüfen Sie den freien Platz und die Rechte.</translation>
    </message>
    <message>
        <source>Nothing can be uploaded to this archive: it can only be read.</source>
        <translation>In dieses Archiv kann nichts hochgeladen werden: Es kann nur gelesen werden.</translation>
    </message>
    <message>
        <source>Nothing can be written into {folders}. Lightbox works, but what it would keep there ends with it, and what lies there is not shown. Check the permissions of these folders and start it again.</source>
        <translation>In {folders} kann nichts geschrieben werden. Lightbox funktioniert, aber was es dort behalten würde, endet mit ihm, und was dort liegt, wird nicht gezeigt. Prüfen Sie die Rechte dieser Ordner und starten Sie es neu.</translation>
    </message>
    <message>
        <source>One fragment for each frame</source>
        <translation>Ein Fragment je Frame</translation>
    </message>
    <message>
        <source>One grey frame, sent as one part ({syntax}).</source>
        <translation>Ein grauer Frame, als ein Teil gesendet ({syntax}).</translation>
    </message>
    <message>
        <source>One has {counts} frames, the other {counts_2}.</source>
        <translation>Eines hat {counts} Frames, das andere {counts_2}.</translation>
    </message>
    <message>
        <source>One is {size}, the other {size_2}.</source>
        <translation>Eines ist {size}, das andere {size_2}.</translation>
    </message>
    <message>
        <source>One plane, one path, one profile, all tiles.</source>
        <translation>Eine Ebene, ein Pfad, ein Profil, alle Kacheln.</translation>
    </message>
    <message>
        <source>Only one of the two has an image.</source>
        <translation>Nur eines der beiden hat ein Bild.</translation>
    </message>
    <message>
        <source>Reading this object ended the process that reads videos, so it is left out. Open it with another player.</source>
        <translation>Das Lesen dieses Objekts beendete den Prozess, der Videos liest; daher wird es ausgelassen. Öffnen Sie es mit einem anderen Programm.</translation>
    </message>
    <message>
        <source>Rendered by the archive: not for measurement</source>
        <translation>Vom Archiv gezeichnet: nicht zum Messen</translation>
    </message>
    <message>
        <source>Samples {}, bits {}, high bit {}.</source>
        <translation>Werte {}, Bits {}, High Bit {}.</translation>
    </message>
    <message>
        <source>Search and metadata in JSON</source>
        <translation>Suche und Metadaten in JSON</translation>
    </message>
    <message>
        <source>The ZIP does not hold this file any more.</source>
        <translation>Die ZIP-Datei enthält diese Datei nicht mehr.</translation>
    </message>
    <message>
        <source>The ZIP is damaged. Fetch or make it again.</source>
        <translation>Die ZIP-Datei ist beschädigt. Holen oder erstellen Sie sie erneut.</translation>
    </message>
    <message>
        <source>The ZIP is protected, and no password was given.</source>
        <translation>Die ZIP-Datei ist geschützt, und es wurde kein Passwort angegeben.</translation>
    </message>
    <message>
        <source>The ZIP names more than {:,} files. Nothing of it is taken.</source>
        <translation>Die ZIP-Datei nennt mehr als {:,} Dateien. Nichts daraus wird genommen.</translation>
    </message>
    <message>
        <source>The archive does not send them in {missing}.</source>
        <translation>Das Archiv sendet sie nicht so: {missing}.</translation>
    </message>
    <message>
        <source>The archive gave no reason.</source>
        <translation>Das Archiv nannte keinen Grund.</translation>
    </message>
    <message>
        <source>The archive has an object with this UID but other content. Nothing was sent.</source>
        <translation>Das Archiv hat ein Objekt mit dieser UID, aber anderem Inhalt. Nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>The archive has an object with this UID that cannot be compared. {trouble}</source>
        <translation>Das Archiv hat ein Objekt mit dieser UID, das nicht verglichen werden kann. {trouble}</translation>
    </message>
    <message>
        <source>The archive has an object with this UID. The file is too large to be compared.</source>
        <translation>Das Archiv hat ein Objekt mit dieser UID. Die Datei ist zu groß zum Vergleichen.</translation>
    </message>
    <message>
        <source>The archive has it already, with the same content.</source>
        <translation>Das Archiv hat es schon, mit demselben Inhalt.</translation>
    </message>
    <message>
        <source>The archive has this study under another patient&apos;s name or ID.</source>
        <translation>Das Archiv hat diese Studie unter Namen oder ID eines anderen Patienten.</translation>
    </message>
    <message>
        <source>The archive is not reached by https. </source>
        <translation>Das Archiv wird nicht über https erreicht. </translation>
    </message>
    <message>
        <source>The archive lists it, but it could not be fetched again to be compared. {}</source>
        <translation>Das Archiv listet es, aber es konnte zum Vergleichen nicht zurückgeholt werden. {}</translation>
    </message>
    <message>
        <source>The archive lists it, but what it hands out is not what was sent.</source>
        <translation>Das Archiv listet es, aber was es herausgibt, ist nicht, was gesendet wurde.</translation>
    </message>
    <message>
        <source>The archive needs no sign-in.</source>
        <translation>Das Archiv braucht keine Anmeldung.</translation>
    </message>
    <message>
        <source>The archive sent a picture that cannot be read.</source>
        <translation>Das Archiv sandte ein Bild, das nicht gelesen werden kann.</translation>
    </message>
    <message>
        <source>The archive sent a preview that is not a picture.</source>
        <translation>Das Archiv sandte eine Vorschau, die kein Bild ist.</translation>
    </message>
    <message>
        <source>The archive sent another object than the one that was asked for. It is not shown.</source>
        <translation>Das Archiv sandte ein anderes Objekt als das gefragte. Es wird nicht gezeigt.</translation>
    </message>
    <message>
        <source>The archive tells with the first upload.</source>
        <translation>Das Archiv sagt es beim ersten Hochladen.</translation>
    </message>
    <message>
        <source>The archive took it without complaint, but does not list it afterwards.</source>
        <translation>Das Archiv nahm es klaglos an, listet es danach aber nicht.</translation>
    </message>
    <message>
        <source>The archive took it, but could not be asked afterwards. {}</source>
        <translation>Das Archiv nahm es an, konnte danach aber nicht gefragt werden. {}</translation>
    </message>
    <message>
        <source>The audit record cannot be read. Check the permissions of its file.</source>
        <translation>Das Audit-Protokoll kann nicht gelesen werden. Prüfen Sie die Rechte seiner Datei.</translation>
    </message>
    <message>
        <source>The disc&apos;s table of contents names this file, but it is not there. Copy the disc again.</source>
        <translation>Das Inhaltsverzeichnis des Datenträgers nennt diese Datei, aber sie ist nicht da. Kopieren Sie ihn erneut.</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Die Festplatte ist voll</translation>
    </message>
    <message>
        <source>The disk is full: nothing can be written into {folders}. Lightbox works, but what it would keep there ends with it, and what lies there is not shown. Free some space and start it again.</source>
        <translation>Die Festplatte ist voll: In {folders} kann nichts geschrieben werden. Lightbox funktioniert, aber was es dort behalten würde, endet mit ihm, und was dort liegt, wird nicht gezeigt. Schaffen Sie Platz und starten Sie es neu.</translation>
    </message>
    <message>
        <source>The disk refused to write</source>
        <translation>Die Festplatte verweigerte das Schreiben</translation>
    </message>
    <message>
        <source>The file cannot be read to its end ({name}).</source>
        <translation>Die Datei kann nicht zu Ende gelesen werden ({name}).</translation>
    </message>
    <message>
        <source>The file cannot be read. Check whether it is still there.</source>
        <translation>Die Datei kann nicht gelesen werden. Prüfen Sie, ob sie noch da ist.</translation>
    </message>
    <message>
        <source>The file cannot be read: {strerror}.</source>
        <translation>Die Datei kann nicht gelesen werden: {strerror}.</translation>
    </message>
    <message>
        <source>The file changed after it was found and before it was sent. Send it again when it is complete.</source>
        <translation>Die Datei änderte sich, nachdem sie gefunden und bevor sie gesendet wurde. Senden Sie sie noch einmal, wenn sie vollständig ist.</translation>
    </message>
    <message>
        <source>The file changed while it was being sent. Send it again when it is complete.</source>
        <translation>Die Datei änderte sich beim Senden. Senden Sie sie erneut, wenn sie vollständig ist.</translation>
    </message>
    <message>
        <source>The file does not begin as a DICOM file does.</source>
        <translation>Die Datei beginnt nicht wie eine DICOM-Datei.</translation>
    </message>
    <message>
        <source>The file is damaged: its header breaks off or contradicts itself ({}).</source>
        <translation>Die Datei ist beschädigt: Ihr Kopf bricht ab oder widerspricht sich ({}).</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Die Datei ist leer.</translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation>Die Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>The file is too large to be compared.</source>
        <translation>Die Datei ist zu groß zum Vergleichen.</translation>
    </message>
    <message>
        <source>The file is too large to take out what names someone, so it was not sent. Send it as it is, or de-identify it elsewhere.</source>
        <translation>Die Datei ist zu groß, um herauszunehmen, was jemanden benennt, und wurde deshalb nicht gesendet. Senden Sie sie, wie sie ist, oder de-identifizieren Sie sie anderswo.</translation>
    </message>
    <message>
        <source>The file lacks one of the UIDs that say which study, series and instance it is.</source>
        <translation>Der Datei fehlt eine der UIDs, die sagen, zu welcher Studie, Serie und Instanz sie gehört.</translation>
    </message>
    <message>
        <source>The files in this ZIP overlap, as in one that was made to fill a disk. Nothing of it is taken.</source>
        <translation>Die Dateien in dieser ZIP-Datei überlappen, wie in einer, die eine Festplatte füllen soll. Nichts daraus wird genommen.</translation>
    </message>
    <message>
        <source>The folder cannot be read: {strerror}.</source>
        <translation>Der Ordner kann nicht gelesen werden: {strerror}.</translation>
    </message>
    <message>
        <source>The folder cannot be written. Check the free space and its permissions.</source>
        <translation>In den Ordner kann nicht geschrieben werden. Prüfen Sie den freien Platz und die Rechte.</translation>
    </message>
    <message>
        <source>The help is not where it should be. Install Lightbox again.</source>
        <translation>Die Hilfe ist nicht dort, wo sie sein sollte. Installieren Sie Lightbox neu.</translation>
    </message>
    <message>
        <source>The images cannot be compared. {trouble}</source>
        <translation>Die Bilder können nicht verglichen werden. {trouble}</translation>
    </message>
    <message>
        <source>The journal of uploads cannot be used: another Lightbox has it, a newer one wrote it, or the disk refuses. Uploads work, but one that is interrupted now is not gone on with by itself.</source>
        <translation>Das Journal des Hochladens kann nicht verwendet werden: Ein anderes Lightbox hat es, ein neueres hat es geschrieben, oder die Festplatte verweigert es. Hochladen funktioniert, aber ein jetzt unterbrochenes wird nicht von selbst fortgesetzt.</translation>
    </message>
    <message>
        <source>The journal of uploads cannot be written, so nothing more is sent. Check the free space of the disk and start the upload again; what is stored is not sent twice.</source>
        <translation>Das Journal des Hochladens kann nicht geschrieben werden, daher wird nichts mehr gesendet. Prüfen Sie den freien Platz und starten Sie das Hochladen erneut; Gespeichertes wird nicht zweimal gesendet.</translation>
    </message>
    <message>
        <source>The journal of uploads was damaged and is begun anew. Uploads that were under way are not gone on with by themselves: send their files again, what is stored is not sent twice.</source>
        <translation>Das Journal des Hochladens war beschädigt und wird neu begonnen. Was gerade hochgeladen wurde, wird nicht von selbst fortgesetzt: Senden Sie die Dateien erneut, Gespeichertes wird nicht zweimal gesendet.</translation>
    </message>
    <message>
        <source>The key by which names are replaced can neither be read nor written. Check the disk, then send again.</source>
        <translation>Der Schlüssel, mit dem Namen ersetzt werden, kann weder gelesen noch geschrieben werden. Prüfen Sie die Festplatte und senden Sie erneut.</translation>
    </message>
    <message>
        <source>The metadata do not tell the transfer syntaxes.</source>
        <translation>Die Metadaten nennen die Transfersyntaxen nicht.</translation>
    </message>
    <message>
        <source>The metadata have it.</source>
        <translation>Die Metadaten enthalten sie.</translation>
    </message>
    <message>
        <source>The metadata leave it out, as the standard does; the endpoint reads it (Google&apos;s own have it).</source>
        <translation>Die Metadaten lassen sie weg, wie der Standard; der Endpunkt liest sie (die von Google enthalten sie).</translation>
    </message>
    <message>
        <source>The metadata of this object do not describe it.</source>
        <translation>Die Metadaten dieses Objekts beschreiben es nicht.</translation>
    </message>
    <message>
        <source>The object is too large to be looked at.</source>
        <translation>Das Objekt ist zu groß zum Ansehen.</translation>
    </message>
    <message>
        <source>The policy in {FILE_NAME} is not understood, so caching, exporting, uploading and deleting are switched off: {error}. Tell your administrator.</source>
        <translation>Die Richtlinie in {FILE_NAME} wird nicht verstanden, daher sind Zwischenspeichern, Export, Hochladen und Löschen abgeschaltet: {error}. Sagen Sie es Ihrem Administrator.</translation>
    </message>
    <message>
        <source>The record cannot be saved there. Check the free space and the permissions.</source>
        <translation>Das Protokoll kann dort nicht gespeichert werden. Prüfen Sie den freien Platz und die Rechte.</translation>
    </message>
    <message>
        <source>The same as {name} in this upload. {reason}</source>
        <translation>Dasselbe wie {name} in diesem Hochladen. {reason}</translation>
    </message>
    <message>
        <source>The same as {name}, which is in this upload too.</source>
        <translation>Dasselbe wie {name}, das auch in diesem Hochladen ist.</translation>
    </message>
    <message>
        <source>The settings cannot be saved in {parent}. Check the free space and the permissions.</source>
        <translation>Die Einstellungen können in {parent} nicht gespeichert werden. Prüfen Sie den freien Platz und die Rechte.</translation>
    </message>
    <message>
        <source>The settings in {path} are damaged and cannot be moved aside. Check the permissions of that folder.</source>
        <translation>Die Einstellungen in {path} sind beschädigt und können nicht beiseitegelegt werden. Prüfen Sie die Rechte dieses Ordners.</translation>
    </message>
    <message>
        <source>The settings in {path} cannot be read. Check the permissions of that file.</source>
        <translation>Die Einstellungen in {path} können nicht gelesen werden. Prüfen Sie die Rechte dieser Datei.</translation>
    </message>
    <message>
        <source>The settings were damaged, so Lightbox begins with new ones. The damaged file is kept as {path}.</source>
        <translation>Die Einstellungen waren beschädigt, daher beginnt Lightbox mit neuen. Die beschädigte Datei bleibt als {path} erhalten.</translation>
    </message>
    <message>
        <source>The settings were written by a newer Lightbox. This one uses what it knows of them; all of them are kept in {path}.</source>
        <translation>Die Einstellungen stammen von einem neueren Lightbox. Dieses verwendet, was es davon kennt; alle bleiben in {path} erhalten.</translation>
    </message>
    <message>
        <source>The settings were written by a newer Lightbox. This one uses what it knows of them; the rest is lost when something is changed here, because it cannot be kept beside.</source>
        <translation>Die Einstellungen stammen von einem neueren Lightbox. Dieses verwendet, was es davon kennt; der Rest geht verloren, wenn hier etwas geändert wird, weil er nicht daneben aufbewahrt werden kann.</translation>
    </message>
    <message>
        <source>The value of the header “%s” is not known any more. Remove this archive and add it again.</source>
        <translation>Der Wert des Headers „%s“ ist nicht mehr bekannt. Entfernen Sie dieses Archiv und fügen Sie es wieder hinzu.</translation>
    </message>
    <message>
        <source>There is a DICOMDIR in this folder already. Choose an empty folder.</source>
        <translation>In diesem Ordner gibt es schon ein DICOMDIR. Wählen Sie einen leeren Ordner.</translation>
    </message>
    <message>
        <source>There is no folder to keep the work in.</source>
        <translation>Es gibt keinen Ordner, um die Arbeit aufzubewahren.</translation>
    </message>
    <message>
        <source>These are no frames.</source>
        <translation>Das sind keine Frames.</translation>
    </message>
    <message>
        <source>This archive does not offer deletion. Delete it there, with the archive&apos;s own tools.</source>
        <translation>Dieses Archiv bietet kein Löschen an. Löschen Sie dort mit den Werkzeugen des Archivs.</translation>
    </message>
    <message>
        <source>This archive has no such study. Check the Study Instance UID or the accession number.</source>
        <translation>Dieses Archiv hat keine solche Studie. Prüfen Sie die Study Instance UID oder die Anforderungsnummer.</translation>
    </message>
    <message>
        <source>This archive is opened by a password or a certificate.</source>
        <translation>Dieses Archiv wird mit Passwort oder Zertifikat geöffnet.</translation>
    </message>
    <message>
        <source>This archive only hides what is deleted from it; its own rules decide when the files are removed.</source>
        <translation>Dieses Archiv blendet nur aus, was daraus gelöscht wird; seine eigenen Regeln bestimmen, wann die Dateien entfernt werden.</translation>
    </message>
    <message>
        <source>This file names no images that could be retrieved. A manifest is a FHIR ImagingStudy (JSON or XML) or a Key Object Selection document.</source>
        <translation>Diese Datei nennt keine Bilder, die abgerufen werden könnten. Ein Manifest ist eine FHIR ImagingStudy (JSON oder XML) oder ein Key-Object-Selection-Dokument.</translation>
    </message>
    <message>
        <source>This header cannot be read.</source>
        <translation>Dieser Kopf kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>This image is missing in what the archive sent. Fetch it again.</source>
        <translation>Dieses Bild fehlt in dem, was das Archiv sandte. Holen Sie es erneut.</translation>
    </message>
    <message>
        <source>This is a folder on this computer, opened for reading only.</source>
        <translation>Das ist ein Ordner auf diesem Computer, nur zum Lesen geöffnet.</translation>
    </message>
    <message>
        <source>This object ended the process that reads videos. Everything else goes on; the object is left out until the program is started again.</source>
        <translation>Dieses Objekt beendete den Prozess, der Videos liest. Alles andere geht weiter; das Objekt wird bis zum nächsten Programmstart ausgelassen.</translation>
    </message>
    <message>
        <source>This series holds no X-ray image.</source>
        <translation>Diese Serie enthält kein Röntgenbild.</translation>
    </message>
    <message>
        <source>This series holds no slide.</source>
        <translation>Diese Serie enthält kein Präparat.</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>Kacheln</translation>
    </message>
    <message>
        <source>Tiles, focal planes, optical paths, ICC</source>
        <translation>Kacheln, Fokusebenen, optische Pfade, ICC</translation>
    </message>
    <message>
        <source>Transfer syntax</source>
        <translation>Transfersyntax</translation>
    </message>
    <message>
        <source>Transfer syntax in the metadata</source>
        <translation>Transfersyntax in den Metadaten</translation>
    </message>
    <message>
        <source>Videos are read by a process of their own, which this computer does not let start.</source>
        <translation>Videos werden von einem eigenen Prozess gelesen, den dieser Computer nicht starten lässt.</translation>
    </message>
    <message>
        <source>Whole slide and microscopic images are mixed in one series.</source>
        <translation>Whole-Slide- und mikroskopische Bilder sind in einer Serie gemischt.</translation>
    </message>
    <message>
        <source>You cancelled the sign-in. Sign in again when you want to go on.</source>
        <translation>Sie haben die Anmeldung abgebrochen. Melden Sie sich erneut an, wenn Sie fortfahren möchten.</translation>
    </message>
    <message>
        <source>You may not delete from this archive. Ask its owner for the role Healthcare DICOM Editor.</source>
        <translation>Sie dürfen aus diesem Archiv nicht löschen. Bitten Sie den Besitzer um die Rolle Healthcare DICOM Editor.</translation>
    </message>
    <message>
        <source>You may not store into this archive. Ask its owner for the right to write, then send again.</source>
        <translation>Sie dürfen nicht in dieses Archiv speichern. Bitten Sie den Besitzer um das Schreibrecht und senden Sie erneut.</translation>
    </message>
    <message>
        <source>You may not store into this archive. Ask its owner for the role Healthcare DICOM Editor.</source>
        <translation>Sie dürfen nicht in dieses Archiv speichern. Bitten Sie den Besitzer um die Rolle Healthcare DICOM Editor.</translation>
    </message>
    <message>
        <source>Your work could not be written to this computer&apos;s disk, so it was not sent. Make room there.</source>
        <translation>Ihre Arbeit konnte nicht auf die Festplatte dieses Computers geschrieben werden und wurde nicht gesendet. Schaffen Sie dort Platz.</translation>
    </message>
    <message>
        <source>a concatenation has {count} of {total} parts</source>
        <translation>eine Verkettung hat {count} von {total} Teilen</translation>
    </message>
    <message>
        <source>a level has objects of different transfer syntaxes</source>
        <translation>eine Ebene hat Objekte verschiedener Transfersyntaxen</translation>
    </message>
    <message>
        <source>a request without Accept is not answered with one part in multipart</source>
        <translation>eine Anfrage ohne Accept wird nicht mit einem Teil in Multipart beantwortet</translation>
    </message>
    <message>
        <source>a single part</source>
        <translation>einzelner Teil</translation>
    </message>
    <message>
        <source>cannot be had</source>
        <translation>nicht zu bekommen</translation>
    </message>
    <message>
        <source>https; the host is not a private one. Whether the endpoint may pass is not known here.</source>
        <translation>https; der Host ist kein privater. Ob der Endpunkt durchkommt, ist hier nicht bekannt.</translation>
    </message>
    <message>
        <source>it comes as {sent}, which the endpoint cannot decode</source>
        <translation>es kommt als {sent}, was der Endpunkt nicht dekodieren kann</translation>
    </message>
    <message>
        <source>its own bytes</source>
        <translation>eigene Bytes</translation>
    </message>
    <message>
        <source>levels differ in their ICC profile</source>
        <translation>Ebenen unterscheiden sich im ICC-Profil</translation>
    </message>
    <message>
        <source>microscopic</source>
        <translation>mikroskopisch</translation>
    </message>
    <message>
        <source>more than one frame</source>
        <translation>mehr als ein Frame</translation>
    </message>
    <message>
        <source>more than {count} studies</source>
        <translation>mehr als {count} Studien</translation>
    </message>
    <message>
        <source>multipart and in a single part</source>
        <translation>Multipart und einzelner Teil</translation>
    </message>
    <message>
        <source>no studies yet</source>
        <translation>noch keine Studien</translation>
    </message>
    <message>
        <source>not TILED_FULL</source>
        <translation>nicht TILED_FULL</translation>
    </message>
    <message>
        <source>not grey</source>
        <translation>nicht grau</translation>
    </message>
    <message>
        <source>nothing was written</source>
        <translation>nichts wurde geschrieben</translation>
    </message>
    <message>
        <source>several focal planes</source>
        <translation>mehrere Fokusebenen</translation>
    </message>
    <message>
        <source>several optical paths</source>
        <translation>mehrere optische Pfade</translation>
    </message>
    <message>
        <source>slide coordinates</source>
        <translation>Objektträgerkoordinaten</translation>
    </message>
    <message>
        <source>the disk refused</source>
        <translation>die Festplatte verweigerte es</translation>
    </message>
    <message>
        <source>this DICOM store</source>
        <translation>dieser DICOM-Speicher</translation>
    </message>
    <message>
        <source>whole slide</source>
        <translation>ganzer Objektträger</translation>
    </message>
    <message>
        <source>{count} images</source>
        <translation>{count} Bilder</translation>
    </message>
    <message>
        <source>{count} levels, each of one syntax.</source>
        <translation>{count} Ebenen, jede mit einer Syntax.</translation>
    </message>
    <message>
        <source>{count} studies</source>
        <translation>{count} Studien</translation>
    </message>
    <message>
        <source>{done} of {total} files were written to {name}</source>
        <translation>{done} von {total} Dateien wurden nach {name} geschrieben</translation>
    </message>
    <message>
        <source>{fragments} fragments for {frames} frames.</source>
        <translation>{fragments} Fragmente für {frames} Frames.</translation>
    </message>
    <message>
        <source>{name} cannot be read. Check its path and its permissions.</source>
        <translation>{name} kann nicht gelesen werden. Prüfen Sie Pfad und Rechte.</translation>
    </message>
    <message>
        <source>{name} is not understood: {error}</source>
        <translation>{name} wird nicht verstanden: {error}</translation>
    </message>
    <message>
        <source>{sop_class} is for neither Path nor CXR Foundation.</source>
        <translation>{sop_class} ist weder für Path noch für CXR Foundation.</translation>
    </message>
    <message>
        <source>{syntax} is read by the endpoint itself.</source>
        <translation>{syntax} liest der Endpunkt selbst.</translation>
    </message>
    <message>
        <source>{syntax}, and frame 1 does not come native (status {status}, {got} of {wanted} bytes).</source>
        <translation>{syntax}, und Frame 1 kommt nicht nativ (Status {status}, {got} von {wanted} Bytes).</translation>
    </message>
    <message>
        <source>{syntax}; the archive transcodes to {EXPLICIT_LITTLE}: frame 1 came native.</source>
        <translation>{syntax}; das Archiv wandelt in {EXPLICIT_LITTLE} um: Frame 1 kam nativ.</translation>
    </message>
    <message>
        <source>{why}: {written}, and nothing half-written is left. Make room, or choose another place.</source>
        <translation>{why}: {written}, und nichts Halbgeschriebenes bleibt. Schaffen Sie Platz, oder wählen Sie einen anderen Ort.</translation>
    </message>
</context>
<context>
    <name>stack</name>
    <message>
        <source>unequal distances, {least}–{most} mm</source>
        <translation>ungleiche Abstände, {least}–{most} mm</translation>
    </message>
    <message>
        <source>{count} at the same place twice</source>
        <translation>{count} doppelt an derselben Stelle</translation>
    </message>
    <message>
        <source>{count} frames of reference in this series</source>
        <translation>{count} Bezugssysteme in dieser Serie</translation>
    </message>
    <message>
        <source>{count} missing in between</source>
        <translation>{count} fehlen dazwischen</translation>
    </message>
</context>
<context>
    <name>uploads</name>
    <message>
        <source>%s files</source>
        <translation>%s Dateien</translation>
    </message>
    <message>
        <source>%s files found · nothing is sent yet</source>
        <translation>%s Dateien gefunden · noch wird nichts gesendet</translation>
    </message>
    <message>
        <source>%s of %s stored</source>
        <translation>%s von %s gespeichert</translation>
    </message>
    <message>
        <source>%s patients</source>
        <translation>%s Patienten</translation>
    </message>
    <message>
        <source>%s studies</source>
        <translation>%s Studien</translation>
    </message>
    <message>
        <source>%s · still looking</source>
        <translation>%s · wird noch gesucht</translation>
    </message>
    <message>
        <source>%s — why?</source>
        <translation>%s — warum?</translation>
    </message>
    <message>
        <source>%s, %s · %s of %s</source>
        <translation>%s, %s · %s von %s</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
    <message>
        <source>1 patient</source>
        <translation>1 Patient</translation>
    </message>
    <message>
        <source>1 study</source>
        <translation>1 Studie</translation>
    </message>
    <message>
        <source>Not sent: %s</source>
        <translation>Nicht gesendet: %s</translation>
    </message>
    <message>
        <source>at least %d</source>
        <translation>mindestens %d</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>looking for DICOM files… %d found</source>
        <translation>DICOM-Dateien werden gesucht… %d gefunden</translation>
    </message>
    <message>
        <source>no files found</source>
        <translation>keine Dateien gefunden</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>waiting. %s</source>
        <translation>wartet. %s</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>%s of %s</source>
        <translation>%s von %s</translation>
    </message>
</context>
</TS>
