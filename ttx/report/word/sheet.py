"""How a document looks in Word: its styles, lists and settings, as WordprocessingML.

Colours and sizes are those of the style sheet of HTML, on paper. Arial is on Windows and macOS, and
LibreOffice has Liberation Sans, which is as wide. East Asian words have a typeface of their own, as
Arial has no such signs; without one Word may take a different one for each of them.
"""

from __future__ import annotations

LATIN = "Arial"
CARD_NAME, CARD_UNDER = 26, 15
"""Sizes on a place card, in points: an office, and what stands below it."""
_CENTRE = '<w:jc w:val="center"/>'
_EAST = {"ja": "Yu Gothic", "zh": "Microsoft YaHei", "ko": "Malgun Gothic"}
_REGIONS = {
    "en": "en-GB",
    "ja": "ja-JP",
    "zh": "zh-CN",
    "ko": "ko-KR",
    "uk": "uk-UA",
    "cs": "cs-CZ",
    "da": "da-DK",
    "sv": "sv-SE",
    "et": "et-EE",
    "el": "el-GR",
}
"""Languages as Word knows them, where the region is not the language's own name."""
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

BULLETS, NUMBERS = 1, 2
"""The abstract lists, by number: with dots and with figures."""


def language(code: str) -> str:
    """A language as Word has it, such as `en-GB` for `en`; one with a region stays as it is."""
    return code if "-" in code else _REGIONS.get(code, f"{code}-{code.upper()}")


def _paragraph(
    name: str, shape: str = "", looks: str = "", *, based: str = "Normal", after: str = ""
) -> str:
    """A style of paragraphs; `after` is that of the paragraph behind it, while one types."""
    identity = name.replace(" ", "")
    follow = f'<w:next w:val="{after}"/>' if after else ""
    own = "" if name in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{identity}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/>{follow}<w:qFormat/>'
        f"<w:pPr>{shape}</w:pPr><w:rPr>{looks}</w:rPr></w:style>"
    )


_BUILT_IN = {
    *("Title", "Subtitle", "Quote", "List Bullet", "List Number", "caption", "toc 1"),
    *("header", "footer", "heading 1", "heading 2", "heading 3"),
}


def _heading(level: int, size: int, before: int, after: int, more: str = "") -> str:
    """A heading of Word, its size in half points and the room around it in twentieths."""
    return _paragraph(
        f"heading {level}",
        f'<w:keepNext/><w:keepLines/>{more}<w:spacing w:before="{before}" w:after="{after}" '
        f'w:line="259" w:lineRule="auto"/><w:outlineLvl w:val="{level - 1}"/>',
        f'<w:b/><w:color w:val="123F70"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>',
        after="Normal",
    )


def _line(side: str, size: int, colour: str, space: int = 1) -> str:
    """A line at a side of a paragraph; its size is in eighths of a point."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _box(size: int, colour: str, space: int) -> str:
    sides = (_line(side, size, colour, space) for side in ("top", "left", "bottom", "right"))
    return f"<w:pBdr>{''.join(sides)}</w:pBdr>"


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _spacing(before: int, after: int, line: int = 259) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def styles(code: str) -> str:
    """All styles that a document uses, for one in that language."""
    east = _EAST.get(code.partition("-")[0], _EAST["ja"])
    fonts = f'w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{east}"'
    grey = '<w:color w:val="444444"/>'
    frame = "".join(
        _line(side, 4, "B8B8B8", 0) for side in ("top", "left", "bottom", "right", "insideH")
    ) + _line("insideV", 4, "B8B8B8", 0)
    room = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 40), ("left", 90), ("bottom", 40), ("right", 90))
    )
    plain_list = '<w:ind w:left="397" w:hanging="397"/><w:contextualSpacing/>'
    return (
        f'<w:styles xmlns:w="{_SPACE}">'
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>{_size(20)}"
        f'<w:lang w:val="{language(code)}" w:eastAsia="{_east_language(code)}" w:bidi="ar-SA"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>{_spacing(0, 120)}</w:pPr></w:pPrDefault>"
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/>'
        "<w:rPr><w:b/></w:rPr></w:style>"
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        '<w:rPr><w:color w:val="123F70"/></w:rPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        + _paragraph(
            "Title",
            f"<w:keepNext/><w:keepLines/>{_spacing(240, 60, 252)}",
            f"<w:b/>{_size(38)}",
            after="Subtitle",
        )
        + _paragraph("Subtitle", _spacing(0, 120), grey + _size(23), after="Normal")
        + _paragraph(
            "Handling",
            f"<w:pBdr>{_line('bottom', 6, '999999', 6)}</w:pBdr>{_spacing(0, 240)}",
            "<w:i/>",
        )
        + _heading(1, 28, 360, 110, f"<w:pBdr>{_line('top', 12, '1D5FA8', 5)}</w:pBdr>")
        + _heading(2, 23, 220, 70)
        + _heading(3, 20, 150, 50)
        + _paragraph("Contents", "<w:keepNext/>" + _spacing(240, 60), "<w:b/>" + _size(23))
        + _paragraph("toc 1", _spacing(0, 0))
        + _paragraph(
            "Notice",
            f"<w:keepLines/>{_box(12, 'B3500A', 6)}{_spacing(120, 200)}"
            '<w:ind w:left="140" w:right="140"/>',
            "<w:b/>",
        )
        + _paragraph(
            "Quote",
            f"<w:keepLines/><w:pBdr>{_line('left', 18, '9DB9D8', 9)}</w:pBdr>{_spacing(0, 80)}"
            '<w:ind w:left="284"/>',
            '<w:color w:val="333333"/>',
        )
        + _paragraph(
            "List Bullet",
            f'<w:numPr><w:numId w:val="{BULLETS}"/></w:numPr>{_spacing(0, 40)}{plain_list}',
        )
        + _paragraph(
            "List Number",
            f'<w:numPr><w:numId w:val="{NUMBERS}"/></w:numPr>{_spacing(0, 40)}{plain_list}',
        )
        + _paragraph("caption", "<w:keepLines/>" + _spacing(60, 80), "<w:b/>" + _size(19))
        + _paragraph("Picture", "<w:keepNext/>" + _spacing(60, 40, 240))
        + _paragraph("Note", _spacing(60, 160), grey + _size(18))
        + _paragraph("Table Text", _spacing(0, 0, 252), _size(18))
        + _paragraph("Table Small", "", _size(16), based="TableText")
        + _paragraph("Fact Name", "", "<w:b/>", based="Fact")
        + _paragraph("Fact", _spacing(10, 30, 252))
        + _paragraph(
            "Line",
            f"<w:pBdr>{_line('bottom', 4, '777777', 1)}{_line('between', 4, '777777', 1)}</w:pBdr>"
            '<w:spacing w:before="0" w:after="0" w:line="480" w:lineRule="exact"/>',
            after="Line",
        )
        + _paragraph(
            "Between",
            '<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>',
            _size(4),
            after="Normal",
        )
        + _paragraph("Card Name", _spacing(0, 60, 252) + _CENTRE, "<w:b/>" + _size(2 * CARD_NAME))
        + _paragraph("Card Under", _spacing(0, 0, 252) + _CENTRE, grey + _size(2 * CARD_UNDER))
        + _paragraph(
            "Card Person",
            '<w:pBdr><w:bottom w:val="dotted" w:sz="12" w:space="1" w:color="777777"/></w:pBdr>'
            '<w:spacing w:before="0" w:after="0" w:line="680" w:lineRule="exact"/>'
            '<w:ind w:left="1180" w:right="1180"/>' + _CENTRE,
            _size(2 * CARD_UNDER),
        )
        + _paragraph("Card Back", "<w:keepNext/>" + _spacing(0, 0, 240) + _CENTRE)
        + _paragraph("header", _spacing(0, 0, 240), _size(17))
        + _paragraph(
            "Marking",
            f'{_box(4, "1C1C1C", 2)}<w:ind w:left="60" w:right="60"/><w:jc w:val="center"/>',
            '<w:b/><w:spacing w:val="10"/>',
            based="header",
        )
        + _paragraph("footer", _spacing(0, 0, 240), grey + _size(16))
        + '<w:style w:type="table" w:customStyle="1" w:styleId="Rows"><w:name w:val="Rows"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{frame}</w:tblBorders>'
        f"<w:tblCellMar>{room}</w:tblCellMar></w:tblPr></w:style>"
        '<w:style w:type="table" w:customStyle="1" w:styleId="Facts"><w:name w:val="Facts"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="170" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style></w:styles>"
    )


def _east_language(code: str) -> str:
    return language(code) if code.partition("-")[0] in _EAST else "ja-JP"


def numbering() -> str:
    """The two lists: with dots, and with figures; each is also a list of its own number."""
    marks = ((BULLETS, "bullet", "•"), (NUMBERS, "decimal", "%1."))
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/><w:pPr>'
        '<w:tabs><w:tab w:val="num" w:pos="397"/></w:tabs>'
        '<w:ind w:left="397" w:hanging="397"/></w:pPr></w:lvl></w:abstractNum>'
        for number, kind, mark in marks
    )
    lists = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number, _kind, _mark in marks
    )
    return f'<w:numbering xmlns:w="{_SPACE}">{abstract}{lists}</w:numbering>'


def settings(code: str) -> str:
    """What Word is told of the file: of today's layout, so that it opens in no older mode."""
    return (
        f'<w:settings xmlns:w="{_SPACE}"><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{language(code)}" w:eastAsia="{_east_language(code)}"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )
