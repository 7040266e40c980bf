<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>About</name>
    <message>
        <source>A DICOM workstation for the desktop that speaks DICOMweb.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lightbox %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lightbox is not a certified medical device. Do not use it for primary diagnosis.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open source under the Apache License 2.0. It uses Qt (LGPL), the typeface Inter (SIL Open Font License) and icons of Lucide (ISC).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>3D cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>3D cursor: every viewport goes to the place under the pointer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Lightbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a DICOM store of Google Cloud…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an archive…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add the picture or the files on the clipboard to the study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All attributes (tags) of the image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Angle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Angle: drag the first leg, then click the end of the second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another unit of the values: SUV, Bq/ml, real-world values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow: drag from its tip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the archive again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Auto window: the full range of the image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Axes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CT abdomen 400/50</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CT angio 600/300</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CT bone 2000/500</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CT brain 80/40</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CT liver 150/90</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CT lung 1500/−600</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CT mediastinum 400/40</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibrate: drag over something of known length, then type the length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel, leave full screen, then reset the view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change keys and mouse buttons…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a layout from a grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cobb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cobb angle: drag along one end plate, then along the other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour map: PET</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour map: PET in 20 steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour map: grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour map: hot iron</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour map: hot metal blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour map: rainbow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all results as a table (CSV)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all results as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as CXR link (HAI-DEF)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as Path request (HAI-DEF)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the DICOMweb link of the shown frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the DICOMweb link of the shown image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the DICOMweb link of the shown series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the DICOMweb link of the study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the selected drawing to a range of images…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the selected drawing to the next image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the selected drawing to the previous image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the view as a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Corner texts: all, without names, none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the selected drawing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the selected study from its archive…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the shown image from its archive…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the shown series from its archive…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw again what was undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ellipse: mean and spread of the values inside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the path or outline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain this pixel: from its stored value to its grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export: pictures, film, PDF, DICOM…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First window of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit the image into the view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flip left and right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flip top and bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Four viewports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freehand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freehand: draw around an area, or click from corner to corner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hang</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hang like the last time, else by the rules</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images and series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interpolation: Lanczos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interpolation: bicubic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interpolation: bilinear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interpolation: nearest pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invert black and white</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is this series ready for HAI-DEF?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layout 1 × 3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layout 1 × 4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layout 2 × 3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layout 2 × 4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layout 3 × 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layout 3 × 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layout 3 × 3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layout 3 × 4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layout 4 × 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layout 4 × 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layout 4 × 3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layout 4 × 4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length: drag from end to end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link by the place in the patient again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link the position: the same place lies in the middle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link the window, within one modality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link the zoom: a millimetre has one size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link these slices: scroll together from here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link: scroll together by the place in the patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Long and short axis: drag the long one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Magnifier: hold the button for a lens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark as key image, or take the mark away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next study in the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next viewport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No web browser could be started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One image pixel on one screen pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One viewport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder or a CD as an archive, for reading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open in the archive&apos;s web viewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the latest earlier study of this patient beside this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the selected study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pan: drag the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path: click from corner to corner, double-click to end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play as a film, or stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play at the rate of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play faster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play slower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play there and back instead of round</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pointer of the keys a little down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pointer of the keys a little to the left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pointer of the keys a little to the right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pointer of the keys a little up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pointer of the keys down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pointer of the keys to the left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pointer of the keys to the right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pointer of the keys up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous study in the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous viewport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print the view with a true scale…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prior</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probe: click for the value at a place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put window, zoom and position back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read what was left out again: images that once ended the program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rectangle: mean and spread of the values inside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference lines: where the active image cuts the others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remember this arrangement for studies like this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove all images kept on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate left by 90°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate right by 90°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scroll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scroll: drag through the images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search for studies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second window of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set a point at the pointer of the keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only the key images, or all again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the worklist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store measurements, key images and views in the archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ten images back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ten images forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test pattern for this monitor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text: click where it belongs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image&apos;s own overlays and shutter: shown or not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The link is on the clipboard. It holds no token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The request is on the clipboard. It holds no token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This study in a window of its own, and back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This viewport alone, and back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>True size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>True size: a millimetre on a millimetre of the monitor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn: drag around the middle of the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two viewports side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two viewports, one above the other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the window&apos;s width and centre…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo the last drawing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upload a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upload a folder to the selected archive…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upload files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upload files to the selected archive…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why is it slow?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window and level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window of a region: drag a box around what is to be seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window/level: drag right for wider, down for darker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worklist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom: drag up to enlarge</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AddArchive</name>
    <message>
        <source>A bearer token that you were given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add anyway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any server that speaks DICOMweb. Give its address without /studies.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificates and headers that few archives need</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a DICOM store from your projects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found out by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google Cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google Cloud…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google, this computer&apos;s own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MyHealth@EU, or another that can only retrieve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No sign-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OpenID Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Static DICOMweb files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Application Default Credentials of this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User and password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>WADO-URI only (older than DICOMweb)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You sign in to Google with your browser.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You sign in with your browser.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as you want to see it; optional</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>if there is one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept in the keychain of this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>path of a .p12, .pfx or .pem file</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ArchiveButton</name>
    <message>
        <source>What can be done with this archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>being asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needs you to sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ready</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ArchiveList</name>
    <message>
        <source>ARCHIVES</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Archives</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conformance notes…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget what was learned of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from this list…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ArchiveMore</name>
    <message>
        <source>Certificate authority</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Headers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys and tokens among them go into the keychain of this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name: value, one in a line, sent with every request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept in the keychain of this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>path of a .p12, .pfx or .pem file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>path of a .pem file that is trusted too</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ArchivesModel</name>
    <message>
        <source>This archive is in the list already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are signed in to %s as %s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are signed in to %s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>on this computer · %n studies</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>on this computer · 1 study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sign in to use it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signed out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting for the browser…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CardButton</name>
    <message>
        <source>Click to try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No images</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChoicesPanel</name>
    <message>
        <source>By the Basic Profile of DICOM PS3.15. Patient, study and UIDs get others, always the same for the same; the key to them stays on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch each one again and compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names that are burned into the pixels stay there: look at ultrasound, photographs and pictures of screens first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only for archives where the originals may not lie too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only what comes back the same is said to be stored. It takes as long again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Series and study descriptions stay, without the words that were taken out elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Station names and serial numbers stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storage class at Google</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storage class of the store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take out what names someone before sending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What becomes of dates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keep UIDs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keep dates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keep descriptions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keep devices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>remove dates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shift dates, alike for each patient</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message numerus="yes">
        <source>%n open studies</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep for later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep uploading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit while files are being uploaded?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save your work before closing?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are measurements or key images that the archive does not have, in %s. “Keep for later” leaves them on this computer until the study is opened again. “Discard” takes back what changed since the last time they were saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is stored already stays stored. The rest is sent when Lightbox is started again; leave the files where they are until then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this study</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>All commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands that match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CopyRangeDialog</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the drawing to other images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is drawn on image {here} of {count} and comes to the same place of the others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To image</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DateRange</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Study date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Deletion</name>
    <message>
        <source>%s objects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete this image?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete this series?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete this study?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted from %s: %s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The deletion was stopped. What the archive had deleted by then is gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an unknown number of objects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>study without a description</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DeletionDialog</name>
    <message>
        <source>Archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on in the background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop deleting; what is gone stays gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To be deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>counting…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DeletionsModel</name>
    <message>
        <source>%s, image %d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>series without a description</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DifferenceDialog</name>
    <message>
        <source>%s against what %s has under the same UID: %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%s could not be compared. %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As lines of tab-separated values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking %s for its instance…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attributes that differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What differs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DifferenceTable</name>
    <message>
        <source>Archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attribute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not there</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>DICOM files and folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop to add to the study of %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop to open the study that this file names, from %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop to upload to %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FHIR ImagingStudy or Key Object Selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures, documents and films become DICOM</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExplainPanel</name>
    <message>
        <source>Ask the archive for its own picture of this image, and compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the explanation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column {column}, row {row}, counted from 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the explanation as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EXPLAIN THIS PIXEL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain this pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive&apos;s own picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The steps from the stored value to the grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such pixel in this image, or it is still loading.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>As the images are windowed and turned now, without texts and drawings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>DICOM, as the archive holds it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each image at its own size, windowed and turned as now, without texts and drawings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit the page, scale given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Life size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Media folder with DICOMDIR</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale on paper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The files hold the patient&apos;s name. They are byte for byte what the archive holds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This series as a film (WebP)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This series as pictures (PNG)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This view as a PDF with a true scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This view as a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which objects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With names and IDs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ZIP file</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportModel</name>
    <message numerus="yes">
        <source>%n file(s) written to {place}.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped. %n file(s) were written.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingTable</name>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was found</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GoogleChooser</name>
    <message>
        <source>Choose a DICOM store first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GoogleDialog</name>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the spelling, or type project/dataset/store in full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a DICOM store of Google Cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep this store at the top of the tree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Google&apos;s page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project, dataset or store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Projects, locations, datasets and DICOM stores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in to Google</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the text may mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your browser shows Google&apos;s page. Your stores appear here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>project, or project/dataset/store, or paste an address</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HaidefModel</name>
    <message>
        <source>HAI-DEF readiness of series %s in %s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HaidefReport</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready for HAI-DEF?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The page could not be saved there. Choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HangingModel</name>
    <message>
        <source>Hung by the rule “{name}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hung like the last time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No rule of hanging fits this study.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Studies like this one will be hung like this.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Intake</name>
    <message>
        <source>pasted picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyCross</name>
    <message>
        <source>Pointer of the keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Change keys…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys and mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Middle drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>previous or next image; with Shift ten; with Ctrl zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scroll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the active tool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>window and level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoom about where it began</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoom; with Ctrl previous or next image</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Actions and their keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As in the set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an action, then press the key it is to have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the present keys beside it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys and mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Middle drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search for an action or a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set of keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo all changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use this key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scroll, with Ctrl zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoom, with Ctrl scroll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{action}: {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} belongs to “{other}”. It is taken from there when you use it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Launch</name>
    <message>
        <source>A link asks for an archive that is not in your list. Add it first if you trust it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lightbox ended while it was reading %d images. They can be left out from now on.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LayoutGrid</name>
    <message>
        <source>Layout {rows} × {columns}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LayoutPopup</name>
    <message>
        <source>Layout</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LoadingPanel</name>
    <message>
        <source>%d at once (up to %d) · %s/s · %d repeated · %s received · %d waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images are fetched and decoded side by side: the sums are longer than you wait.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most of it went into decoding on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most of it went into lists and metadata: the archive makes them slowly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most of it went into painting: nothing is slow about loading.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most of it went into the search: the archive lists series slowly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most of it went into the transfer: the line is full, or slow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most of it went into waiting for first bytes: the archive or the way to it answers slowly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was loaded yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times, counts and sizes; no name, no address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the time of loading went</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why is it slow?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LoadingSettingsPart</name>
    <message>
        <source> GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic is a quarter of the memory, from the next start on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin to load a study when the pointer rests on it in the worklist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Break off after silence of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encrypted. Where nothing was kept, it begins with the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many there are finds itself out, for each archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images in memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images on this disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its first images; it ends when the pointer leaves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Laid down by the administrator of this workplace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove all images kept on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key to them is forgotten: nobody can read them any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transfers at once, at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing is kept</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LoadingTable</name>
    <message>
        <source>Decoding an image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List of series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lists of images, metadata</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Painting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transfer of an image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Typical</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for an image&apos;s first byte</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>Do not use it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on as this account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the studies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your browser shows the sign-in page.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Conformance notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How %s turned out to speak DICOMweb, and what Lightbox works around. Nothing here is about a patient.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the entry in this list goes. What the archive holds stays there, and you can add it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder or a CD as an archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove %s from the list?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The view is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture or file on the clipboard that could be added here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upload a folder to %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upload files to %s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MakeSheet</name>
    <message>
        <source>Add files to this study?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to the study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description of the new series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files and what they become</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at the files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names and dates that are written inside a picture or a document stay in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photographs (VL Photographic Image)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures of a screen or a paper (Secondary Capture)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title of the documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the pictures are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MakeTable</name>
    <message>
        <source>%d pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %d frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Content</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How it is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MakingsModel</name>
    <message numerus="yes">
        <source>%n files for a study</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MeasurementPanel</name>
    <message>
        <source>Angle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Axes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cobb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freehand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MEASUREMENTS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measurements</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>image %d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its image is not in this study any more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MeasurementRow</name>
    <message>
        <source>Delete this measurement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the image</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MonitorPattern</name>
    <message>
        <source>Test pattern</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test pattern for the monitor. Esc closes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The small squares in the corners of every patch, the squares in black and in white, and all lines should be seen. {size}. Esc closes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this monitor does not say how large it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{width} × {height} mm</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NetworkStatus</name>
    <message>
        <source>cache %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>memory %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting for the archive…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↓ %s/s · %d at once</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeStrip</name>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read all of it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OAuthClientModel</name>
    <message>
        <source>From the file that the command line named.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set up by your administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ObjectPage</name>
    <message>
        <source>All attributes of this object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An object of a kind that is not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide its drawings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show its drawings on the images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only these images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This object cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>object {number} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OpenPrior</name>
    <message>
        <source>This study holds no images that Lightbox can show.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverflowButton</name>
    <message>
        <source>More of this row</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PageCommands</name>
    <message>
        <source>True size cannot be shown: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the image has no calibration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this monitor does not say how large it is</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in to %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PatientCard</name>
    <message>
        <source>Another open patient has this name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No patient ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patient: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Study without description</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PdfView</name>
    <message>
        <source>Page {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages of the document</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PixelExplanation</name>
    <message>
        <source>Pixel at column {column}, row {row}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RGB {theirs}, here {ours}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive&apos;s own picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asking …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>grey {theirs}, here {ours}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its picture has {columns} × {rows} pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its picture is a JPEG, which is not exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} apart</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PixelText</name>
    <message>
        <source>%s at (%d, %d)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%s of %d × %d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no value</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlanTable</name>
    <message>
        <source>Date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no name</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PresendDialog</name>
    <message>
        <source>%s findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%s in %s files. You can send them all the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%s of %s files looked at, %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As lines of tab-separated values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check before sending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files and what was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was found in %s files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open this study  (%s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview of the selected study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a study to see its series here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive lists no series in this study. It may still be arriving.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PriorButton</name>
    <message>
        <source>Other study: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>could not be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading …</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PriorList</name>
    <message numerus="yes">
        <source>%n archive(s) did not answer</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>OTHER STUDIES</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QuestionField</name>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text of the drawing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>True length of the line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>True length: 50 mm, 5 cm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a length as 50 mm or 5 cm</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReportTable</name>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReportText</name>
    <message>
        <source>Text of the document</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResourceTree</name>
    <message>
        <source>Listing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Any date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any modality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the archive now  (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the search text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Modality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name, ID, accession number or description  (%s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name, ID, accession or description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search in all studies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Studies that contain this modality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Study description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Study description; * stands for anything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When the study was made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until %s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SeriesRail</name>
    <message numerus="yes">
        <source>%n image(s) could not be shown</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Listing images…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive lists no image of this series.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive says that there are %d objects, but lists %d.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of images broke off. %s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SeriesStrip</name>
    <message>
        <source>SERIES</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Series of the study</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionKeeper</name>
    <message numerus="yes">
        <source>%n drawing(s) lie on images that this study no longer holds ({series}). They are kept.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) were open when Lightbox ended.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>A part of the record of your last session cannot be read. Everything else is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A study of the last session is in an archive that is no longer in the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing of a patient may stay on this computer, or the key of the record cannot be kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file as it was is kept as {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record of your last session breaks off. Everything before that is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you draw is lost when Lightbox ends: it cannot be kept here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>series unknown</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionModel</name>
    <message>
        <source>%d minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%s signed in here. Sign in again to see the studies.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another account came back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody used this screen for a while. Nobody is signed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This screen was opened by %s, and now %s signed in. Nothing is shown until you decide. Going on closes the open studies of that archive first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your sign-in at %s ends in %s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your sign-in at %s has ended. What you see stays; the rest waits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>somebody else</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>   (set up by your administrator)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After 15 minutes without input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After 30 minutes without input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After 5 minutes without input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After an hour without input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Archives</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By its rule, or as you hung such studies before. F8 does it at any time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hang a study by itself when it is opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep passwords and tokens that I type in the keychain of this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Laid down by the administrator of this workplace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lightbox speaks it from the next start on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading and uploads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OAuth client (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Otherwise only before large ones and those with problems; small ones begin as soon as they are dropped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Otherwise they last until you quit. They are never written to a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passwords and the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show what goes where before every upload, with its choices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signing in to Google Cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of an OAuth client</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of an OAuth client from Google&apos;s console</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>path of a .pem file, if a proxy opens your network&apos;s connections</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignInDialog</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If no browser opened, copy the address and open it on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in to %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your browser shows the sign-in page again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your browser shows the sign-in page. Sign in there; Lightbox comes back by itself.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SliceBar</name>
    <message>
        <source>Images of the series: where you are, and which are here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SlideModel</name>
    <message>
        <source>This slide does not say how its tiles lie. It cannot be shown as one image.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StudyHeader</name>
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StudyTable</name>
    <message>
        <source>Arrange as at first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Studies</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StudyTabs</name>
    <message>
        <source>Worklist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worklist and open studies</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StudyWork</name>
    <message numerus="yes">
        <source>%n of these images is not in the study that the archive lists.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Key images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive did not take your work: %s It is kept on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image that this points to is not in the study that the archive lists.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This presentation state is for images that are not in this study.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work on this study is still on this computer and not in the archive.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your work is stored in %s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your work was not saved: %s It is still in this window.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TagsDialog</name>
    <message numerus="yes">
        <source>%n attribute(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy what is selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Differences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search in the attributes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag, name, keyword or value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TagsModel</name>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>VR</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>private</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TestPanel</name>
    <message>
        <source>It answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It does not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May you upload? %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trying it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are not signed in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not upload</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may search and read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may upload</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TextDetails</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to see where the time goes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images that are held in memory, and kept on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in as %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is being fetched, and how fast</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UploadReport</name>
    <message>
        <source>All files (%s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As lines of tab-separated values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare the chosen file with what the archive has under its UID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File or reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files and their verdicts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a file or a reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show one verdict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report was not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upload report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What differs?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UploadRowView</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look and send…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause or go on; what is under way is sent to its end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the upload</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show which files, and why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop this upload; what is stored stays stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What became of each file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What failed or was not sent, once more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What goes where, before anything is sent</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UploadSheet</name>
    <message>
        <source>Check the files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not upload</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for missing attributes, values that are not allowed, duplicates, and names that do not fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Studies that would be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upload to %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upload to %s?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which, and why?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UploadTray</name>
    <message>
        <source>Hide what is finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uploads</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UploadsModel</name>
    <message numerus="yes">
        <source>%n items</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%s left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interrupted. It goes on by itself as soon as you are signed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive is no longer in the list. Add it again and restart.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ViewerModel</name>
    <message>
        <source>The archive lists no series in this study. It may still be arriving; try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ViewerPage</name>
    <message>
        <source>Compare with the next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare with the previous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete this series from its archive…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No series of this study holds images that Lightbox can show. The cards on the left say why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the study …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale from: {source}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ViewerToolbar</name>
    <message>
        <source>More drawings and measurements</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More tools</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ViewportCanvas</name>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy what a technician would ask for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Empty viewport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading image {number} …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This series holds no images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ViewportModel</name>
    <message>
        <source>{rate} images/s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WaveformPaper</name>
    <message>
        <source>Curves</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WaveformView</name>
    <message>
        <source>Group of channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waveforms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>height: each channel&apos;s own range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s at {rate} Hz</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WindowButton</name>
    <message>
        <source>Colour map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interpolation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Windows and presets  (0 to 9)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stored values</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WindowDialog</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window width and centre</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WorkPanel</name>
    <message>
        <source>Apply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide its drawings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its drawings on the images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STORED IN THIS STUDY</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show its image as it says, with its drawings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only these images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work stored in this study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yours</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WorklistModel</name>
    <message numerus="yes">
        <source>%n studies</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>1 study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First %d studies — more exist, scroll to load</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No study matches. Change or clear the filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This archive holds no studies yet. Drop DICOM files here to store some.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are signed out. Sign in to see the studies.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WorklistPage</name>
    <message>
        <source>%s holds no studies yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the search, or look at everything there is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not show this any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Double-click a study to read it. Drop DICOM files here to store them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop DICOM files or folders anywhere in this window to store some.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No study in %s matches.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the page that helps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searching %s…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ZipPassword</name>
    <message>
        <source>%s is protected. Its password is kept for this upload only. A wrong one is asked for again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password of the ZIP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This ZIP has a password</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_DropMark</name>
    <message>
        <source>The series goes here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_FittingScrollArea</name>
    <message>
        <source>Series</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Page</name>
    <message>
        <source>Keys and what they do</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>auth</name>
    <message>
        <source>A user name cannot hold a colon.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access was not allowed in the browser, so nothing was opened. Sign in again, and allow it if that is what you want.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program uses port {port} of this computer, which this sign-in needs. Close it, then try again; or ask your administrator for another port (redirect_port in archives.toml).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check its password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google credentials of the kind “{kind}” cannot be used here. Use “gcloud auth application-default login” or the file of a service account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google does not accept the key of this service account: it was deleted or disabled. Ask its owner for another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google no longer accepts the credentials of this computer. Run “gcloud auth application-default login” again, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google signs in people through a client ID of your own organisation. In the Google Cloud console open APIs &amp; Services, Credentials; choose Create credentials, OAuth client ID, type Desktop app; then enter its ID and secret here, or choose the file that the console offers for download.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it has a password, enter it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may come from an earlier attempt. Close this window, and go on in the one that Lightbox opened last.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lightbox could not listen for the answer of the sign-in on this computer (127.0.0.1). A security program may forbid it; ask your administrator, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lightbox is waiting for a sign-in here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lightbox was not allowed to list your Google Cloud projects. Type the project&apos;s ID instead of choosing it, or sign in again and tick “View your data across Google Cloud services”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lightbox was not allowed to see your Healthcare data, so no DICOM store can be opened. Sign in again and tick “Cloud Healthcare” on Google&apos;s page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No client ID is set for this sign-in. Ask your administrator for one and enter it in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No secure connection to {host} came about. Check its address; a proxy may be in the way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No web browser could be started on this computer. Set a default browser, then sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing answers at {host}. Check the address of the sign-in server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was opened. You may close this window, and sign in again from Lightbox.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something other than the sign-in server {host} answered, as a proxy or a sign-in page of the network does. Check the network; ask your administrator if it stays so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address of the sign-in server is not a web address. It looks like https://host/realms/name; check it in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer in the browser came from another provider than the one asked, so it was not used. Sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer of a sign-in comes back to this computer only: 127.0.0.1 or localhost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The browser did not come back within {minutes}. Sign in again, and finish in the window that opens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of the sign-in server {host} {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client ID is not made for desktop programs: the provider refused to come back to this computer. Make one of the type “Desktop app”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client ID that Lightbox uses no longer exists. Ask your administrator for another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client certificate cannot be used: file, key and password do not fit together. {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to the sign-in server {host} broke off. Check the network, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of the client certificate cannot be read. Check its path and its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file with the Google credentials cannot be read. Check its path and its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file with the Google credentials is damaged. Fetch it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file with the Google credentials is not complete. Fetch it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key in the file with the Google credentials is damaged. Fetch the file again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key in the file with the Google credentials is of an unknown kind. Fetch the file again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key of the client certificate cannot be read. Check its path and its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network&apos;s proxy did not let the sign-in reach {host}. Ask your administrator for the proxy settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider cannot tell which account you mean. Sign in again and choose one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider did not accept Lightbox&apos;s client ID or secret. Check both in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider did not understand the request. Check the sign-in settings of this archive.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider does not allow this kind of sign-in to Lightbox&apos;s client ID. It must be one for desktop programs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider does not know a permission that Lightbox asks for. Check the scopes in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider does not know the client ID that Lightbox uses. Check it in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider does not offer the sign-in that Lightbox uses (authorization code).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider failed while signing you in. Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider has switched off the client that Lightbox uses. Ask your administrator for another client ID.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider is too busy to sign you in. Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider no longer accepted this sign-in: it took too long, was used before or was withdrawn. Sign in again; if that fails too, check the clock of this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider refused the sign-in for a reason that Lightbox does not know. The details name it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider wants a client secret as well (Google gives one to desktop programs too). Enter it beside the client ID in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider wants to ask you something first. Sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider wants your consent again. Sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider&apos;s answer does not belong to this sign-in, so it was not used. Sign in again; if it happens again, tell your administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in server {hostname} is set up without encryption (http). Lightbox signs in over https only; correct the address in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in server {host} cannot protect the sign-in of a desktop program (PKCE with S256). Ask its administrator to switch it on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in server {host} did not answer in time. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in server {host} failed. Sign in again; if it happens again, tell its administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in server {host} failed. Try again; if it happens again, tell its administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in server {host} gave an answer that Lightbox cannot use. Sign in again; if it happens again, tell its administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in server {host} is too busy at the moment. Wait a little and sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in server {host} is unknown to this network. Check its address and the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in server {host} refused for a reason that it did not name. Sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in was cancelled in Lightbox.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This OAuth client is made for a web server. Make one of the type “Desktop app”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This OAuth client lacks its ID or its secret. Download the file again from Google&apos;s console.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This answer belongs to another sign-in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer holds no Google credentials of its own. Run “gcloud auth application-default login”, or set GOOGLE_APPLICATION_CREDENTIALS to the file of a service account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file holds no certificate with its private key. Export it again, with the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a bearer token. It is one word of letters, digits and signs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not the file of an OAuth client. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the key of a service account, not an OAuth client. Choose “Application Default Credentials” to use it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This request holds no answer to it. Go on in the window that Lightbox opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This request was not understood.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This sign-in is open to members of another organisation only. Choose an account of that organisation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User name and password cannot hold control characters. Type them instead of pasting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are not signed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are signed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are signed out. Sign in to go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may close this window and return to Lightbox.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may close this window. Lightbox goes on where you left it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your organisation&apos;s policy forbids this sign-in. Ask your administrator to allow Lightbox.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your session with the provider has ended. Sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the sign-in server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} does not answer as a sign-in server (OpenID Connect). Check the issuer&apos;s address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} does not answer as a sign-in server (OpenID Connect). Check the issuer&apos;s address: it looks like https://host/realms/name, before Keycloak 18 https://host/auth/realms/name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} says it is another sign-in server than the one in the settings. Enter its address as it names itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} sends the sign-in on to another address. Enter the address of the provider itself; a proxy&apos;s own sign-in page may be in the way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} sends the sign-in to this computer instead of to itself. Tell its administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} You may close this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{host}” is not the address of a sign-in server. Check it in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>cloud</name>
    <message>
        <source>A policy forbids to {doing} from where you are. Ask your administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Billing is switched off in {project}, so Google does not answer. Ask its owner.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Either {project} does not exist or you may not see it. Check the project&apos;s ID.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google answered in a way that Lightbox does not understand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google asks you to sign in. Sign in and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google cannot be reached. Check the network and the proxy settings, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google cannot {doing} in its present state. The details say why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google did not answer in time. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google did not understand the request to {doing}. Check the name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google does not offer to {doing} this way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google does not take this kind of sign-in here. Sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google failed to {doing}. Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google has suspended {project}. Ask its owner.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google is too busy to {doing} at the moment. Wait a little and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google took too long to {doing}. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google&apos;s limit of requests is reached for {project}. Wait a little and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google&apos;s limit of requests per minute is reached for {project}. Wait a little and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google&apos;s quota is used up for {project}. Wait, or ask its owner for more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google&apos;s service failed to answer. Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google&apos;s service refused for a reason that it did not name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something else changed {what} at the same time. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something other than Google answered, as a proxy or a sign-in page of the network does. Check the network; ask your administrator if it stays so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of Google&apos;s service {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network&apos;s proxy did not let the request reach Google. Ask your administrator for the proxy settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {service} is switched off in {project}. Its owner can switch it on; it then takes a few minutes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no {what}. Check the name, and refresh the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This Google account is disabled or gone. Sign in with another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This exists already: {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not use {project} for Google&apos;s accounting. Choose another quota project in the settings, or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not {doing}, or it does not exist. Google answered {status}. Check the name; ask the owner for the role {role}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your organisation&apos;s network forbids to {doing}. Ask your administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your organisation&apos;s network rules (VPC Service Controls) forbid to {doing} from here. Ask your administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your sign-in does not allow Lightbox to {doing}. Sign in again and tick every box on Google&apos;s page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your sign-in has ended or is not accepted here. Sign in again to go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your sign-in has ended. Sign in again to go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>delete from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list the DICOM stores of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list the datasets of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list the locations of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list your projects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>project {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>service that this needs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>service {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>store into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>A Study Instance UID has digits and dots only, at most 64. Check the link.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A header is written as “Name: value”, in plain letters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An accession number or a patient ID has at most 64 characters, none of them *, ? or \. Check it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most {MOST_VALUES} studies are opened at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Aug</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dec</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the whole path of the folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jul</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave name and password out of the address. Lightbox asks for them separately.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lightbox shows studies and patients. This link asks for another kind of thing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nov</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Oct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signing in did not succeed. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something unexpected went wrong. Try again; the log of the program says more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The DICOM object cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The DICOM object is damaged or incomplete. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The administrator of this workplace has switched deleting off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The administrator of this workplace has switched exporting off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The administrator of this workplace has switched uploading off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive asks you to sign in. Sign in and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive cannot be reached. Check its address and the network, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive did not understand the request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive does not have this any more. Refresh the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive failed while answering. Try again; if it happens again, tell its administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive is too busy at the moment. Wait a little and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive refused the request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive stopped answering. Try again; if it stays silent, ask its administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive that was named is none. Check the link.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection broke off before everything had arrived. What arrived is kept; try again for the rest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk refused. Check the free space and the permissions of the folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The endpoint cannot reach this host: it is on this computer or in a private network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network did not carry the request. Check the connection and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The object has a UID that is not valid (digits and dots, at most 64). No archive can be asked for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The web viewer&apos;s address begins with https:// and holds no name or password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The web viewer&apos;s address needs {study}, and may have {series}; it knows nothing else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This address does not answer as a DICOMweb archive. Check the address; a sign-in page may be in the way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cannot be linked to: the endpoints take https addresses and UIDs of digits and dots only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has not enough memory left for that. Close a study or another program and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This image is compressed or coded in a way that Lightbox cannot read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a DICOM file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a web address. A DICOMweb address looks like https://host/dicom-web.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This link asks for something that Lightbox does not know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This link is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This link is too long or damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This link names no study, no accession number and no patient.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This link says the same thing twice. Ask where it came from for another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This object holds no image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not read this, or it does not exist. Ask the owner of the archive for the right to read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You signed out of this archive, or changed or removed it, so the connection was ended. Sign in, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>already there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an object with this UID is already there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at column {column}, row {row}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at the detector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>belongs to another address; check the address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>belongs to another host; check the address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>calibrated by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>comes from an authority that this computer does not know; ask your administrator to install its certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>conflict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>frame of reference {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has expired; tell its administrator, and check the clock of this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is not valid yet; check the clock of this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is self-signed and unknown to this computer; ask your administrator to install it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its UID is not valid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its class and its UID contradict each other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its content does not match its kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>localiser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>min {low} max {high}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no angle between directions of different kinds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no area between directions of different kinds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no calibration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no orientation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not DICOM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only in the first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only in the second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>other view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>outside the calibrated regions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>outside the image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stored with a warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the archive changed some attributes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the archive could not process it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the archive could not understand it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the archive does not take this kind of object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the archive does not take this transfer syntax</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the archive dropped some attributes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the archive gave no reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the archive has no room left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the archive&apos;s reason has code {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the outline crosses itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ultrasound region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was not accepted by this computer; check the address and the clock of this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>you are not allowed to store it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day} {month} {year}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step} mm a pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words} (code {code})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” belongs to signing in. Choose how to sign in instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is set by Lightbox itself. Leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is there twice. Give each header once.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>corner</name>
    <message>
        <source>Acc {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ID {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading {what} {place} …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>VOI LUT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>born {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>both sides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>contrast {agent}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not calibrated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>place {mm}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>size at detector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>turned {degrees}°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoom {factor}×</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{factor}× life size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{here} of {expected}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{here} of {expected} loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{here} of {expected} · {failed} failed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>dicomweb</name>
    <message>
        <source>A file became shorter while it was being sent. Send it again when it is complete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file that was to be sent cannot be read. Check that it is still there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A part of this object lies outside this archive. Lightbox does not fetch it from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A server answers, but there is no DICOMweb archive at this address. Check its path: it often ends in /dicom-web, /dicomweb or /rs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No secure connection to the archive came about. Check whether its address begins with http or https.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing answers at this address. Check host and port, and whether the archive is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive answered, but did not send every image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive answered, but sent no image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive answered, but sent no object of this study. Check its UID.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive answered, but sent no object. It may have been deleted: refresh the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive answers with a list that is too long to be read. Narrow the search.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive could not delete all of it. What is gone is gone; look at what is left and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive could not hand out all objects. What arrived is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive lists only the first of its objects and then the same again: more exist than are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive sends every request on to another address. Check its address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive sends you on to another server ({hostname}), perhaps to a sign-in page. Lightbox does not follow. Check the address and how to sign in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive sent a ZIP that grows beyond all measure. It is not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive sent an object without its UIDs. It cannot be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive sent other images of this object than those it was asked for. They are not shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive sent {value} instead of a DICOM object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive stopped taking data. Try again; what it has confirmed is stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive&apos;s certificate is not trusted: it {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The deletion was stopped. What the archive had deleted by then is gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of certificate authorities, {name}, cannot be read. Check its path and its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy of this network did not let the request through. Check the proxy settings of the system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no server of this name. Check the address of the archive for a typing error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This archive cannot be searched. Type or paste the Study Instance UID, or drop a manifest (FHIR ImagingStudy or Key Object Selection).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This archive does not offer deletion. Delete it there, with the archive&apos;s own tools.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This archive draws no pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This archive lists no more than this, though it has more. Narrow the search.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is no web address. Correct the address of the archive.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This object cannot be stored as metadata and bytes apart; it is stored whole instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the archive says of this object makes no DICOM object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not delete from this archive. Ask its owner for the right to delete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds no certificate of an authority. Ask the archive&apos;s administrator for the right one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>difference</name>
    <message>
        <source>%s attributes differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%s of %s frames are affected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 attribute differs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The images are the same, value for value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The images differ in %s of %s values, by %s at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no attribute differs.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>imaging</name>
    <message>
        <source> It looks like {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, inverted by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, not from the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, window {n} of {count} in the file (0028,1050), (0028,1051){where}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>8-bit RGB; colour is not windowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A window with the width {width:g} is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame {frame_number} is missing: the file is cut off after {count} frames. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey on the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High Bit {high} does not fit {stored} bits stored in {allocated}; {stored_2} is assumed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lightbox cannot show the colour model {photometric}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>M-mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MONOCHROME1 and Presentation LUT Shape INVERSE (2050,0020) say the same: it is inverted once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Modality value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the header of this object is here, not its pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Padding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photometric Interpretation is missing; {photometric} is assumed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixel Padding Value (0028,0120): {span} is no part of the image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polarity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presentation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presentation LUT Sequence (2050,0010), {count} entries of {bits} bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rescale Intercept is given without a Rescale Slope (0028,1053); 1 is assumed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rescale Slope is 0; it is ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SUV cannot be computed for this image: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stored value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The VOI LUT holds values of more than the {bits} bits it announces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The VOI LUT is much wider than the values of this image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The colour palette of the image is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The compressed image ends early; its lower part is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The compressed image has no readable header. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The compressed image has the shape {shape} instead of {shape_2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The compressed image is damaged and cannot be decoded. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The compressed pixel data holds no fragments. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The compressed pixel data is cut off at its beginning. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The deflated image is damaged, or has another size than its rows and columns say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file breaks off in its header, before any pixels. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file does not say how it is written (its File Meta Information is missing); that was found out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file ends early; the image may be incomplete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {name} can no longer be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {name} cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header of this DICOM file is damaged and cannot be read. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image announces {columns} × {rows} pixels, but only {count} bytes are here. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image contradicts itself: {stored} bits stored in {allocated} bits allocated. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image does not say how many bits a pixel has. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image does not say how many rows and columns it has. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image halves its colour resolution, but has an odd number of columns or rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image has {samples} samples per pixel; Lightbox reads 1 and 3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image holds windows and VOI LUTs; either may be meant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image needs a colour palette, but its palette is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image needs a colour palette, but its palette is missing or incomplete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image shows low values white by itself and is inverted here: low values are black.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image uses {allocated} bits for each pixel; Lightbox reads 1, 8, 16, 32 and 64.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The object announces {columns} × {rows} pixels, its compressed image has {columns_2} × {rows_2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The object announces {columns} × {rows} pixels, its video has {shape} × {shape_2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The object announces {declared} frames, but its pixel data holds {here}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The object announces {samples} samples per pixel, its compressed image has {components}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The palette is too short: {length} of {announced} colours are here; the rest is shown in the last one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pixel data is shorter than its rows and columns say. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rescale is this frame&apos;s own: the same stored value may mean another in the next frame.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run-length coded image has another size than its rows and columns say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run-length coded image has {found} segments where its pixels need {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run-length coded image is cut off in its header. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run-length coded image is cut off, or its segments overlap. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run-length coded image is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run-length coded image is shorter than its rows and columns say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The video cannot be read: its stream is damaged, or of another kind than announced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The video ends before frame {number}. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window is this frame&apos;s own; others may open with another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window lies outside the values of this image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {frame_count} frames cannot be told apart in {count} fragments of compressed data. Export the object again with an offset table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This CT image gives no rescale to HU; stored values are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This DICOM file is cut off: it holds nothing but its beginning. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This deflated DICOM file is damaged and cannot be unpacked. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This deflated DICOM file unpacks to more than {limit} MB, which its {size} bytes do not justify.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This frame is empty: its compressed data is missing. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This image gives some of its values a colour of their own, but its palette is damaged; they are shown grey.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This image is coded as “{name}”, which Lightbox cannot read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This image is coded in a private way that Lightbox cannot read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a video ({name}), and the part of Lightbox that plays videos is not installed (OpenCV). Install it, or open the video with another player.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a video ({name}), which cannot be read here. Open it in the viewer, or with another player.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a DICOM file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This object describes an image, but its pixel data is missing. Fetch or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>VOI LUT{name} (0028,3010), entry {entry} of {count}{where}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value as {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a GIF picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a JPEG picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a JSON text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a PNG picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a ZIP archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a bitmap picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a web page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>black</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>calibrated at the centre of the beam</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>calibrated by a marker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>calibrated by the geometry of the exposure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>calibrated, the file does not say how</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>graphics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its own table (0040,9212)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>low values black</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>low values white</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>magnification {factor} taken out (ERMF)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no rescale: the stored value itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nominal, of the scanner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of this frame alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pixel spacing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shared by all frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>spectrum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waveform</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{line}, that leads to {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is {found:g}; it is ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{none} of {size} pixels hold no finite number; those that are none are black.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{photometric} and Presentation LUT Shape {shape} contradict each other; the shape is followed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{photometric} with one sample per pixel is read as MONOCHROME2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{photometric} with three samples per pixel is read as RGB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}, magnification 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} of {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{which} is cut off: {count} of {wanted} bytes are here. {again}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{which} is cut off: {missing} of {wanted} bytes are missing and shown as zero.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>links</name>
    <message>
        <source>No web viewer is known of this archive.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This archive is on this computer only. There is no link to it that others could use.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>making</name>
    <message>
        <source>no name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>study without a description</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>objects</name>
    <message>
        <source> and {count} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A drawing of this report names no image or no points.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A place in time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An object cannot be listed in a DICOMDIR, because it lacks what a directory asks for. Export it as a plain folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Annotation groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Announces {length} bytes, but {stop} are left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beams</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dose grid scaling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawing on image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawing that names no image or no points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawn in space, not on one image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fraction groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hanging protocol for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images of this kind often show names in their pixels, and nobody has marked it as free of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It brings a {name} table of its own, which cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It brings overlay planes, which are not shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be de-identified: it is damaged, so nothing tells what names someone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has more than 8 bits per colour, which these DICOM objects cannot hold without loss.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its pages differ in size or colour. DICOM wants them alike; save them one by one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its pixels are marked as showing annotations, which may name the patient.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its values are real or 32-bit numbers. Convert it to 16-bit grey first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Points to nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See item {place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Segments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Specific Character Set (0008,0005) names one that DICOM does not know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Structures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The document asks for a password. Save it without one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The document is damaged, or no PDF.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film is damaged, or no MP4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film is {what}. DICOM takes H.264 Main or High up to level 4.2 and H.265 Main up to level 5.1; export it like that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image does not say what it is, so nothing can be stored that points to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is damaged: it cannot be read to its end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is too large: more than 400 million pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This PDF is locked with a password, so its pages cannot be shown. Ask its sender for an open one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This document calls itself a PDF, but is none. It can be exported and looked at with another program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This document is XML, but cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This key object points to no image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This object holds no document.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This object holds no waveform.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This presentation state names no image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This report holds a content item of a kind that is not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This report is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This report is longer or deeper than can be shown; its end is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waveform</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decoded and turned upright, as its camera noted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decoded, because it is no baseline JPEG</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decoded, because it is progressive, which DICOM does not know</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decoded, because its colours are made for printing (CMYK)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its own JPEG bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept without loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not said</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} bytes, check sum {digest}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{label} ends early: it has {whole} of {length} samples.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{label} has a sampling frequency of zero, so it has no scale of time and is not drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{label} holds no samples.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{label} is coded in a way that Lightbox cannot read (only linear samples are read).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{label} is too long to be drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{named} is empty; every object of this kind must say it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{named} is missing; every object of this kind must have it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has a value that is not allowed for its kind ({vr}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has {VM} values; DICOM allows {vm_of}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is written as {vr}; it must be {wanted}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{tag_named} has letters beyond ASCII, but no character set is declared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{tag_named} is not written in the character set that is declared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{why}; kept without loss from there</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>page</name>
    <message>
        <source>No calibration: this page has no true scale.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cut to the page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>life size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{length} mm in the patient</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>presets</name>
    <message>
        <source>Full range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window %d of the image</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>priors</name>
    <message>
        <source>1 day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>date unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{length} after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{length} before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} months</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} years</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>(frame {number})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inverted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lightbox does not draw objects of this kind. Its attributes can be read with the button Tags.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirrored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Modality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SOP class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shutter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window (width / centre)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>image …{end}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>services</name>
    <message>
        <source>1 image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A list without any key image cannot be stored: the archive keeps the one that it has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All that are needed have a value of their VR.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another account came back from the browser, and it was not used. Sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Archive {number} in {file} cannot be used: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bearer token without cookies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits and samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both come as DICOM JSON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decompressed by the archive: Lightbox cannot read how this image is stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the user name and password, or the token, of this archive again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit for CXR Foundation (an X-ray image).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit for Path Foundation ({SLIDES}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form of the link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fragments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame {number} has {count} bytes instead of {frame_bytes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frames of this kind are read from the whole object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How you arranged this study cannot be remembered. Check the space and permissions of {parent}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In multipart and in a single part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instances as stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can only retrieve: open studies by their UID or a manifest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be compared: one of the two is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has not answered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has the UID of {name} in this upload, but other content. Only that one was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has the UID of {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It holds {} unpacked. Unpack the ZIP and drop the files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is a ZIP inside a ZIP. Unpack the outer one and drop this one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is a link to another place. Links are not followed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is a link to another place. Links are not followed; drop the file itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is larger than {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is neither JPEG, PNG, TIFF, PDF nor MP4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is no ordinary file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is the table of contents of a disc; the files that it names are taken on their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It names another patient than {name}, which is of the same study.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was sent before this upload was interrupted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It would unpack {} out of {}. That is no image; it is not taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its name in the ZIP leads out of the ZIP. Such a file is not taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Levels and concatenations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lightbox keeps no cookies, and its bearer token was taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lightbox once ended while it read this object, so it is left out. Open it with another program, or read it all the same: “Read what was left out again”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing or empty: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Native pixel data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No JSON for: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing can be saved in {parent}. Check the free space and the permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing can be uploaded to this archive: it can only be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One fragment for each frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One grey frame, sent as one part ({syntax}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One has {counts} frames, the other {counts_2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One is {size}, the other {size_2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One plane, one path, one profile, all tiles.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only one of the two has an image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading this object ended the process that reads videos, so it is left out. Open it with another player.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rendered by the archive: not for measurement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples {}, bits {}, high bit {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search and metadata in JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ZIP does not hold this file any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ZIP is damaged. Fetch or make it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ZIP is protected, and no password was given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ZIP names more than {:,} files. Nothing of it is taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive does not send them in {missing}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive gave no reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive has an object with this UID but other content. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive has an object with this UID that cannot be compared. {trouble}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive has an object with this UID. The file is too large to be compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive has it already, with the same content.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive has this study under another patient&apos;s name or ID.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive is not reached by https. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive lists it, but it could not be fetched again to be compared. {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive lists it, but what it hands out is not what was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive needs no sign-in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive sent a picture that cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive sent a preview that is not a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive sent another object than the one that was asked for. It is not shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive tells with the first upload.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive took it without complaint, but does not list it afterwards.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive took it, but could not be asked afterwards. {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The audit record cannot be read. Check the permissions of its file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disc&apos;s table of contents names this file, but it is not there. Copy the disc again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk refused to write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be read to its end ({name}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be read. Check whether it is still there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be read: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file changed while it was being sent. Send it again when it is complete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file does not begin as a DICOM file does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is damaged: its header breaks off or contradicts itself ({}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is too large to be compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file lacks one of the UIDs that say which study, series and instance it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The files in this ZIP overlap, as in one that was made to fill a disk. Nothing of it is taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder cannot be read: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder cannot be written. Check the free space and its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The images cannot be compared. {trouble}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The journal of uploads cannot be written, so nothing more is sent. Check the free space of the disk and start the upload again; what is stored is not sent twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key by which names are replaced can neither be read nor written. Check the disk, then send again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The metadata do not tell the transfer syntaxes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The metadata have it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The metadata leave it out, as the standard does; the endpoint reads it (Google&apos;s own have it).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The metadata of this object do not describe it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The object is too large to be looked at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The policy in {FILE_NAME} is not understood, so caching, exporting, uploading and deleting are switched off: {error}. Tell your administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same as {name} in this upload. {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same as {name}, which is in this upload too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings cannot be saved in {parent}. Check the free space and the permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings in {path} are damaged and cannot be moved aside. Check the permissions of that folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings in {path} cannot be read. Check the permissions of that file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The value of the header “%s” is not known any more. Remove this archive and add it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a DICOMDIR in this folder already. Choose an empty folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder to keep the work in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These are no frames.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This archive does not offer deletion. Delete it there, with the archive&apos;s own tools.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This archive has no such study. Check the Study Instance UID or the accession number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This archive is opened by a password or a certificate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This archive only hides what is deleted from it; its own rules decide when the files are removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file names no images that could be retrieved. A manifest is a FHIR ImagingStudy (JSON or XML) or a Key Object Selection document.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This header cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This image is missing in what the archive sent. Fetch it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a folder on this computer, opened for reading only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This object ended the process that reads videos. Everything else goes on; the object is left out until the program is started again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This series holds no X-ray image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This series holds no slide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tiles, focal planes, optical paths, ICC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transfer syntax</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transfer syntax in the metadata</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Videos are read by a process of their own, which this computer does not let start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole slide and microscopic images are mixed in one series.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You cancelled the sign-in. Sign in again when you want to go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not delete from this archive. Ask its owner for the role Healthcare DICOM Editor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not store into this archive. Ask its owner for the right to write, then send again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not store into this archive. Ask its owner for the role Healthcare DICOM Editor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your work could not be written to this computer&apos;s disk, so it was not sent. Make room there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a concatenation has {count} of {total} parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a level has objects of different transfer syntaxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a request without Accept is not answered with one part in multipart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a single part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot be had</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>https; the host is not a private one. Whether the endpoint may pass is not known here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it comes as {sent}, which the endpoint cannot decode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its own bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>levels differ in their ICC profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more than one frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more than {count} studies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>multipart and in a single part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no studies yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not TILED_FULL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing was written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>several focal planes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>several optical paths</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the disk refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this DICOM store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} levels, each of one syntax.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} studies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} files were written to {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{fragments} fragments for {frames} frames.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be read. Check its path and its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not understood: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{sop_class} is for neither Path nor CXR Foundation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{syntax} is read by the endpoint itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{syntax}, and frame 1 does not come native (status {status}, {got} of {wanted} bytes).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{syntax}; the archive transcodes to {EXPLICIT_LITTLE}: frame 1 came native.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{why}: {written}, and nothing half-written is left. Make room, or choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>stack</name>
    <message>
        <source>unequal distances, {least}–{most} mm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} at the same place twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} frames of reference in this series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} missing in between</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>uploads</name>
    <message>
        <source>%s files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%s files found · nothing is sent yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%s of %s stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%s patients</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%s studies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%s · still looking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%s — why?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%s, %s · %s of %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sent: %s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at least %d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looking for DICOM files… %d found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no files found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting. %s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
