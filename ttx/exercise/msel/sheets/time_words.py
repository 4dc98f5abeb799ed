"""How other languages write dates, days and times of day, put into the one form that is read.

`12 марта 2027 г.` becomes `12 mar 2027`, `午前9時15分` `9:15 am`, `1일차` `day 1`, `Ч+0:15`
`h+0:15`, `発災後30分` `+30 min`. What is none of these stays as it is.
"""

from __future__ import annotations

import re
import unicodedata

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    "january february march april may june july august september october november december",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jänner feber mrz apr mai jun jul aug sept okt nov dez",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ag setiembre oct nov dic",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września paźdz listopada grudnia",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "янв фев мар апр май июн июл авг сен окт ноя дек",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
)
"""Of each language, in their order; those are left out that are words in English: `set`, `out`."""


def folded(words: str) -> str:
    """Words without capitals, accents and differences of width."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c) or c in "\u3099\u309a")
    return unicodedata.normalize("NFC", kept)


_MONTH_OF = {
    folded(name): MONTHS[at] for names in _NAMES for at, name in enumerate(names.split())
} | {month: month for month in MONTHS}
_MONTH = re.compile(
    r"(?<![^\W\d_])(?:de |d')?(" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")"
    r"(?![^\W\d_])\.?(?: del? (?=\d))?"
)
_NEAR_FIGURES = re.compile(r"\d[\s.\-/]*(?:st|nd|rd|th|er|º|o|de|d')?[\s.\-/]*$")
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
_ERAS = {"令和": 2018, "平成": 1988, "r": 2018, "民國": 1911, "民国": 1911}
_ERA = re.compile(
    r"(令和|平成|民國|民国)\s*(元|\d{1,3})\s*年|\b(r)(\d{1,2})(?=[./]\s*\d{1,2}[./]\s*\d{1,2}\b)"
)
_EAST = (
    (re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号號]?"), r"\1-\2-\3 "),
    (re.compile(r"第?\s*(\d{1,3})\s*(?:日目|일\s*차|日次|天目)"), r" day \1 "),
    (re.compile(r"第\s*(\d{1,3})\s*[日天]"), r" day \1 "),
    (re.compile(r"\bd\s*([+-])\s*(\d{1,3})\s*[日일天]"), r"d\1\2 "),
    (
        re.compile(
            r"(?:発災|發災|発生|訓練開始|開始|开始|발생|개시)?\s*[後后후]?\s*\+?"
            r"(\d{1,3})\s*(?:時間|小时|小時|시간)\s*(?:(\d{1,2})\s*[分분])?(?:後|后|후|経過|경과)?"
        ),
        r" +\1:0\2 ",
    ),
    (
        re.compile(
            r"(?:(?:発災|發災|発生|開始|开始)[後后]|(?:발생|개시)\s*후|\+)\s*(\d{1,4})\s*[分분]"
            r"(?:钟|鐘|後|后|후)?"
        ),
        r" +\1 min ",
    ),
    (re.compile(r"(\d{1,4})\s*[分분](?:钟|鐘)?\s*(?:後|后|후)"), r" +\1 min "),
    (
        re.compile(
            r"(午前|上午|早上|凌晨|오전|새벽)\s*(\d{1,2})\s*[時时點点시:]\s*(?:(\d{1,2})\s*[分분]?)?"
        ),
        r" \2:0\3 am ",
    ),
    (
        re.compile(
            r"(午後|下午|晚上|오후|저녁|밤)\s*(\d{1,2})\s*[時时點点시:]\s*(?:(\d{1,2})\s*[分분]?)?"
        ),
        r" \2:0\3 pm ",
    ),
    (re.compile(r"(\d{1,2})\s*[時时點点시]\s*(?:(\d{1,2})\s*[分분]?)?"), r" \1:0\2 "),
)
"""Dates and times with a sign behind each figure."""
_LONG_MINUTES = re.compile(r":0(\d\d)\b")
_NO_MINUTES = re.compile(r":0(?=\s)")
_MONTH_SIGN = re.compile(r"(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号號]?")
_DAYS = re.compile(
    r"\b(?:tag|ubungstag|jour|journee|dia|giorno|dag|dzien|день|сутки)\s*[#:]?\s*(\d{1,3})\b"
    r"|\b(\d{1,2})\s*[-.]?\s*(?:й|и|е|ой)?\s*(?:день|сутки)\b"
    r"|\b(\d{1,2})\.\s*(?:tag|ubungstag|dzien)\b"
)
_RUSSIAN = (
    (re.compile(r"(?<!\w)[чh]\s*\+\s*(?=\d)"), "h+"),
    (re.compile(r"(?<!\w)д\s*([+-])\s*(?=\d)"), r"d\1"),
    (
        re.compile(r"(\d{1,2})\s*(?:ч|час|часов|часа|год)\.?\s*(\d{2})\s*(?:мин|м|хв)\.?(?!\w)"),
        r"\1:\2",
    ),
    (re.compile(r"(\d{1,2})[.-](\d{2})\s*(?:ч|час)\.?(?!\w)"), r"\1:\2"),
    (re.compile(r"(?<=\d)\s*(?:г|года|р)\.?(?!\w)"), " "),
)
_CLOCK_WORDS = re.compile(
    r"(?<=\d)\s*(?:uhr|heures|ore|horas|hrs|uur|kl)\b|\bkl\.?\s*(?=\d)|\bum (?=\d)"
)
_WHOLE_HOUR = re.compile(r"(?<![\w:.])(\d{1,2})\s*(?:uhr|heures|ore|horas|uur)\b(?!\s*\d)")
_HALF = str.maketrans({"半": "30分", "반": "30분"})


def in_figures(words: str) -> str:
    """What is `folded` and says a date or a time in another language, as it is read in English."""
    words = _ERA.sub(_year, words)
    if not words.isascii():
        words = _eastern(words)
        for pattern, form in _RUSSIAN:
            words = pattern.sub(form, words)
    words = _DAYS.sub(lambda match: f" day {match[1] or match[2] or match[3]} ", words)
    words = _MONTH.sub(_month, words)
    words = _WHOLE_HOUR.sub(r"\1:00", words)
    return _CLOCK_WORDS.sub(" ", words)


def _eastern(words: str) -> str:
    words = re.sub(r"第?([一二三四五六七八九])(?=[日天月])", _numeral, words)
    words = re.sub(r"(?<=[時时點点시])\s*[半반]", lambda match: match[0].translate(_HALF), words)
    for pattern, form in _EAST:
        words = pattern.sub(form, words)
    words = _MONTH_SIGN.sub(
        lambda match: (
            f"{match[2]} {MONTHS[int(match[1]) - 1]} " if 1 <= int(match[1]) <= 12 else match[0]
        ),
        words,
    )
    return _NO_MINUTES.sub(":00", _LONG_MINUTES.sub(r":\1", words))


def _numeral(match: re.Match[str]) -> str:
    return match[0].translate(_NUMERALS)


def _year(match: re.Match[str]) -> str:
    era, count = match[1] or match[3], match[2] or match[4]
    year = _ERAS[era] + (1 if count == "元" else int(count))
    return f"{year}年" if match[1] else str(year)


def _month(match: re.Match[str]) -> str:
    """A month beside a figure; the same word anywhere else is left."""
    text = match.string
    after = text[match.end() :].lstrip(" .,-/")
    beside = _NEAR_FIGURES.search(text[: match.start()]) or after[:1].isdigit()
    return f" {_MONTH_OF[match[1]]} " if beside else match[0]
