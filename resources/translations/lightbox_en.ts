<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>ArchivesModel</name>
    <message numerus="yes">
        <source>on this computer · %n studies</source>
        <translation>
            <numerusform>on this computer · %n study</numerusform>
            <numerusform>on this computer · %n studies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AuditRecordModel</name>
    <message numerus="yes">
        <source>%n entries were saved as {name}.</source>
        <translation>
            <numerusform>%n entry was saved as {name}.</numerusform>
            <numerusform>%n entries were saved as {name}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message numerus="yes">
        <source>%n open studies</source>
        <translation>
            <numerusform>%n open study</numerusform>
            <numerusform>%n open studies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportModel</name>
    <message numerus="yes">
        <source>%n file(s) written to {place}.</source>
        <translation>
            <numerusform>%n file written to {place}.</numerusform>
            <numerusform>%n files written to {place}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped. %n file(s) were written.</source>
        <translation>
            <numerusform>Stopped. %n file was written.</numerusform>
            <numerusform>Stopped. %n files were written.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MakingsModel</name>
    <message numerus="yes">
        <source>%n files for a study</source>
        <translation>
            <numerusform>%n file for a study</numerusform>
            <numerusform>%n files for a study</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PriorList</name>
    <message numerus="yes">
        <source>%n archive(s) did not answer</source>
        <translation>
            <numerusform>%n archive did not answer</numerusform>
            <numerusform>%n archives did not answer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SeriesRail</name>
    <message numerus="yes">
        <source>%n image(s) could not be shown</source>
        <translation>
            <numerusform>%n image could not be shown</numerusform>
            <numerusform>%n images could not be shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionKeeper</name>
    <message numerus="yes">
        <source>%n drawing(s) lie on images that this study no longer holds ({series}). They are kept.</source>
        <translation>
            <numerusform>%n drawing lies on an image that this study no longer holds ({series}). It is kept.</numerusform>
            <numerusform>%n drawings lie on images that this study no longer holds ({series}). They are kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) were open when Lightbox ended.</source>
        <translation>
            <numerusform>%n study was open when Lightbox ended.</numerusform>
            <numerusform>%n studies were open when Lightbox ended.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StudyWork</name>
    <message numerus="yes">
        <source>%n of these images is not in the study that the archive lists.</source>
        <translation>
            <numerusform>%n of these images is not in the study that the archive lists.</numerusform>
            <numerusform>%n of these images are not in the study that the archive lists.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagsDialog</name>
    <message numerus="yes">
        <source>%n attribute(s)</source>
        <translation>
            <numerusform>%n attribute</numerusform>
            <numerusform>%n attributes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s)</source>
        <translation>
            <numerusform>%n difference</numerusform>
            <numerusform>%n differences</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UploadsModel</name>
    <message numerus="yes">
        <source>%n items</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorklistModel</name>
    <message numerus="yes">
        <source>%n studies</source>
        <translation>
            <numerusform>%n study</numerusform>
            <numerusform>%n studies</numerusform>
        </translation>
    </message>
</context>
</TS>
