"""PageView: one page of the help, from Markdown, in the clothes of the theme. It opens no file and no address."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QImage,
    QImageReader,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from desktop_app.core.help_book import HelpBook, Page
from desktop_app.ui import theme

COLUMN_PX = 660                 # a line longer than this is hard to read
_MARGIN_PX = 28
_LINE_PERCENT = 140.0
_HEADING_PX = {1: 22, 2: 16, 3: 14}
_ABOVE_PX = {1: 4, 2: 22, 3: 14}
_INDENT_PX = 24.0
_BOLD = 600                     # the heaviest that is shipped; what is heavier would be smeared
_TWO_COLUMNS = (28, 72)
_TABLE_PERCENT = 99             # its borders stand outside of it
_FINE = 75                      # Qt's readers scale smoothly from 50 on
_SETTINGS = QTextDocument.MarkdownFeature


class PageView(QTextBrowser):
    """Shows a page. A link is only told (`anchorClicked`): whoever owns the view decides where it leads."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("helpPage")
        self.setOpenLinks(False)
        self.setAccessibleName(self.tr("Page of the help"))
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(COLUMN_PX + 2 * _MARGIN_PX)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.page: Page | None = None
        self._book = HelpBook()
        self._documents: dict[Page, QTextDocument] = {}
        self._headings: dict[str, QTextBlock] = {}
        self._pictures: dict[str, QImage] = {}

    def show_page(self, page: Page, book: HelpBook) -> None:
        """The page from its top, with the pictures of the book."""
        if book.pictures != self._book.pictures:
            self._pictures.clear()
            self._documents.clear()
        self.page, self._book = page, book
        self.setExtraSelections([])
        if page not in self._documents:
            self._documents[page] = self._made(page)
        document = self._documents[page]
        self.setDocument(document)
        found = (block for block in _blocks(document) if block.blockFormat().headingLevel())
        self._headings = {heading.anchor: block for heading, block in zip(page.headings, found, strict=False)}
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def _made(self, page: Page) -> QTextDocument:
        document = QTextDocument(self)              # asks its parent for pictures
        document.setDefaultFont(theme.font())
        document.setDocumentMargin(_MARGIN_PX)
        document.setIndentWidth(_INDENT_PX)
        document.setUndoRedoEnabled(False)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)   # no name is wider than the column
        document.setDefaultTextOption(option)
        document.setMarkdown(page.text, _SETTINGS.MarkdownDialectGitHub | _SETTINGS.MarkdownNoHTML)
        dress(document)
        return document

    def go_to(self, anchor: str) -> None:
        """Scrolls to a heading; nothing happens where the page has none of that name."""
        block = self._headings.get(anchor)
        if block is not None and block.isValid():
            top = self.document().documentLayout().blockBoundingRect(block).top()
            self.verticalScrollBar().setValue(round(top) - theme.tokens().space_m)

    def mark(self, text: str, anchor: str) -> None:
        """Paints what was searched for, and brings its first place after the heading into sight."""
        words, marks = text.split(), []
        start = self._headings[anchor].position() if anchor in self._headings else 0
        first: QTextCursor | None = None
        for word in words:
            cursor = self.document().find(word)
            while not cursor.isNull():
                selection = QTextEdit.ExtraSelection()
                selection.cursor = cursor                               # type: ignore[attr-defined]
                selection.format = _colours("on_accent", "accent")      # type: ignore[attr-defined]
                marks.append(selection)
                if word == words[0] and first is None and cursor.selectionStart() >= start:
                    first = cursor
                cursor = self.document().find(word, cursor)
        self.setExtraSelections(marks)
        if first is not None:
            place = QTextCursor(first)
            place.setPosition(first.selectionStart())
            self.setTextCursor(place)
            self.ensureCursorVisible()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures of the book, at the width of the column; nothing else is ever loaded."""
        wanted = name.toString() if isinstance(name, QUrl) else name
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        if wanted not in self._pictures:
            self._pictures[wanted] = _picture(self._book.picture(wanted), self.devicePixelRatioF())
        return self._pictures[wanted]


def _picture(data: bytes, ratio: float) -> QImage:
    """A picture at the width of the column where it is wider; made small as it is read, which takes half the time."""
    kept = QBuffer()
    kept.setData(data)
    kept.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(kept)
    reader.setQuality(_FINE)
    whole, most = reader.size(), round(COLUMN_PX * ratio)
    if whole.width() <= most:
        return reader.read()
    reader.setScaledSize(QSize(most, round(whole.height() * most / whole.width())))
    image = reader.read()
    image.setDevicePixelRatio(ratio)
    return image


def dress(document: QTextDocument) -> None:
    """Distances, sizes and colours of the theme for what Markdown said only by its kind."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame)
    for block in _blocks(document):
        cursor.setPosition(block.position())
        cursor.mergeBlockFormat(_block_format(block))
    for start, end, form in _fragments(document):
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(form)
    cursor.endEditBlock()


def _blocks(document: QTextDocument) -> list[QTextBlock]:
    found, block = [], document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def _block_format(block: QTextBlock) -> QTextBlockFormat:
    tokens, form = theme.tokens(), QTextBlockFormat()
    before = block.blockFormat()
    if level := before.headingLevel():
        form.setTopMargin(_ABOVE_PX.get(level, 10))
        form.setBottomMargin(tokens.space_s)
    elif _is_code(before):
        form.setBackground(tokens.colour("panel"))
        form.setLeftMargin(tokens.space_s)
        form.setTopMargin(0)
        form.setBottomMargin(0 if block.next().isValid() and _is_code(block.next().blockFormat()) else tokens.space_m)
        form.setNonBreakableLines(False)
    elif before.intProperty(QTextFormat.Property.BlockQuoteLevel):
        form.setLeftMargin(0)
        form.setBottomMargin(tokens.space_m)
    elif QTextCursor(block).currentTable() is None:
        if not _is_picture(block):                  # the share would be one of the picture's height
            form.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setTopMargin(0)
        form.setBottomMargin(tokens.space_xs if block.textList() is not None else tokens.space_m)
    return form


def _fragments(document: QTextDocument) -> list[tuple[int, int, QTextCharFormat]]:
    """Where headings, code and quotations stand, and how they are to look.

    Keys and names within a sentence lie on a ground of their own; code on lines of its own has letters of one width.
    """
    tokens, places = theme.tokens(), []
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    for block in _blocks(document):
        outer = block.blockFormat()
        fenced, level = _is_code(outer), outer.headingLevel()
        quoted = outer.intProperty(QTextFormat.Property.BlockQuoteLevel) > 0
        in_table = QTextCursor(block).currentTable() is not None and QTextCursor(block).currentTable().columns() > 2
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            form = fragment.charFormat()
            is_inline = form.fontFixedPitch() and not fenced
            if fenced:
                form.setFontFamilies([fixed])
                form.setProperty(QTextFormat.Property.FontPixelSize, tokens.font_small)
            elif is_inline:
                form.setFontFamilies([theme.FONT_FAMILY])
                form.setFontFixedPitch(False)
                form.setFontWeight(500)
                form.setBackground(tokens.colour("raised"))
                if in_table:                        # where paths are long and columns narrow
                    form.setProperty(QTextFormat.Property.FontPixelSize, tokens.font_caption)
            if level:
                form.clearProperty(QTextFormat.Property.FontSizeAdjustment)
                form.setProperty(QTextFormat.Property.FontPixelSize, _HEADING_PX.get(level, tokens.font_text))
                form.setFontWeight(600)
            elif quoted:
                form.setForeground(tokens.colour("caution"))
            is_bold = form.fontWeight() > _BOLD and not level
            if is_bold:
                form.setFontWeight(_BOLD)
            if fenced or is_inline or level or quoted or is_bold:
                places.append((fragment.position(), fragment.position() + fragment.length(), form))
            iterator += 1
    return places


def _is_picture(block: QTextBlock) -> bool:
    iterator = block.begin()
    return not iterator.atEnd() and iterator.fragment().charFormat().isImageFormat()


def _is_code(form: QTextBlockFormat) -> bool:
    return form.hasProperty(QTextFormat.Property.BlockCodeFence) or form.hasProperty(
        QTextFormat.Property.BlockCodeLanguage)


def _dress_table(table: QTextTable) -> None:
    tokens, form = theme.tokens(), table.format()
    form.setBorder(1)
    form.setBorderBrush(tokens.colour("line"))
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderCollapse(True)
    form.setCellPadding(5)
    form.setCellSpacing(0)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, _TABLE_PERCENT))
    form.setTopMargin(tokens.space_xs)
    form.setBottomMargin(tokens.space_l)
    if table.columns() == 2:                        # so that tables below each other have one edge
        percent = QTextLength.Type.PercentageLength
        form.setColumnWidthConstraints([QTextLength(percent, share) for share in _TWO_COLUMNS])
    table.setFormat(form)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        cursor = cell.firstCursorPosition()
        cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
        head = QTextCharFormat()
        head.setFontWeight(600)
        head.setForeground(tokens.colour("secondary"))
        cursor.mergeCharFormat(head)


def _colours(text: str, ground: str) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setForeground(QColor(theme.colour(text)))
    form.setBackground(QColor(theme.colour(ground)))
    return form
