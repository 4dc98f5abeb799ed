"""How a document looks in a browser and on paper, A4 and Letter alike, as one sheet of CSS."""

from __future__ import annotations

SHEET = """\
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, "Segoe UI", "Noto Sans", "Liberation Sans", Arial, sans-serif; }
body { margin: 0 auto; max-width: 46rem; padding: 0 1.25rem; color: #1c1c1c; background: #fff; }
body.wide { max-width: 88rem; }
p, ul, ol, dl, blockquote, table, figure { margin: 0 0 .8rem; }
h1, h2, h3, h4 { line-height: 1.25; break-after: avoid; overflow-wrap: anywhere; }
h1 { margin: 1.5rem 0 .25rem; font-size: 1.9rem; }
h2 { margin: 2.2rem 0 .7rem; padding-top: .5rem; border-top: 2px solid #1d5fa8;
     font-size: 1.35rem; color: #123f70; }
h3 { margin: 1.6rem 0 .5rem; font-size: 1.1rem; }
h4 { margin: 1.1rem 0 .3rem; font-size: 1rem; color: #123f70; }
p, li, dd, td, th { overflow-wrap: break-word; orphans: 2; widows: 2; }
ul, ol { padding-left: 1.4rem; }
li { margin-bottom: .2rem; }
a { color: #123f70; }
.banner { margin: .8rem 0; padding: .15rem; border: 1px solid #1c1c1c; text-align: center;
          font-weight: 700; font-size: .85rem; letter-spacing: .06em; }
.subtitle { font-size: 1.1rem; color: #444; }
.handling { padding-bottom: .8rem; border-bottom: 1px solid #999; font-style: italic; }
.notice { padding: .5rem .8rem; border: 2px solid #b3500a; font-weight: 700; break-inside: avoid; }
blockquote { padding: .1rem 0 .1rem .9rem; border-left: 3px solid #9db9d8; color: #333;
             break-inside: avoid; }
blockquote p { margin-bottom: .4rem; }
dl.facts { display: grid; grid-template-columns: minmax(8rem, 26%) 1fr; gap: .25rem 1rem; }
dt { font-weight: 600; }
dd { margin: 0; }
.sheet { overflow-x: auto; margin-bottom: .8rem; }
table { width: 100%; margin: 0; border-collapse: collapse; font-size: .9rem; }
caption { padding-bottom: .3rem; text-align: left; font-weight: 600; }
th, td { padding: .3rem .5rem; border: 1px solid #b8b8b8; vertical-align: top; text-align: left; }
thead th { background: #e8eff7; border-bottom: 2px solid #1d5fa8; }
tbody th { font-weight: 600; }
.told tbody th { font-weight: 400; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
thead, caption, tbody tr:first-child, h2 + p, h3 + p { break-after: avoid; }
.note { margin: .3rem 0 0; font-size: .85rem; color: #444; }
figure { break-inside: avoid; }
figure svg { display: block; max-width: 100%; height: auto; }
figcaption { font-size: .9rem; }
.blank { height: 2rem; margin: 0; border-bottom: 1px solid #777; }
.blank + :not(.blank) { margin-top: 2rem; }
.tall tbody td, .tall tbody th { height: 2.4rem; }
.card { display: flex; flex-direction: column; height: 114mm; margin: 0 0 5mm;
        border: 1px solid #999; break-inside: avoid; }
.card > div { flex: 1; display: flex; flex-direction: column; justify-content: center;
              padding: 4mm 8mm; text-align: center; overflow: hidden; }
.card .back { transform: rotate(180deg); }
.card .front { border-top: 1px dashed #777; }
.card p { margin: 0; }
.card .office { font-size: 26pt; font-weight: 700; line-height: 1.15; }
.card .under { font-size: 15pt; color: #333; }
.card .person { height: 12mm; margin: 0 12%; border-bottom: 2px dotted #777; }
nav { margin: 1.2rem 0; }
nav h2 { margin: 0 0 .3rem; padding: 0; border: 0; font-size: 1rem; }
nav ol { padding-left: 2rem; columns: 2 15rem; column-gap: 2rem; }
@media (max-width: 36rem) { dl.facts { display: block; } dd { margin-bottom: .4rem; } }
@media print {
  html { font-size: 10.5pt; line-height: 1.4; }
  body, body.wide { max-width: none; padding: 0; }
  .sheet { overflow: visible; }
  .break { break-before: page; }
  .break + h2 { margin-top: 0; }
  footer { display: none; }
  .blank { height: 1.7rem; }
  .cards { break-before: page; }
  .card .front { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
  thead th, .notice { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .wide table { font-size: .8rem; }
}
"""

_PAGES = """\
@page {{
  size: {size};
  margin: 18mm 15mm 17mm;
  @top-center {{ content: {banner}; font-weight: 700; color: #1c1c1c; }}
  font: 8pt sans-serif;
  color: #444;
  @bottom-left {{ content: {title}; }}
  @bottom-right {{ content: {number}; }}
}}
"""
_NUMBER = 'counter(page) " / " counter(pages)'


def sheet(banner: str, title: str, *, wide: bool, loose: bool = False) -> str:
    """The whole sheet; banner and title stand on each printed page, whatever paper is in use.

    Loose pages have no number.
    """
    size, number = "landscape" if wide else "auto", '""' if loose else _NUMBER
    return SHEET + _PAGES.format(
        size=size, banner=_string(banner), title=_string(title), number=number
    )


def _string(text: str) -> str:
    """A text as a string of CSS in which only letters, digits and spaces stand for themselves."""
    plain = (c if c.isascii() and (c.isalnum() or c == " ") else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(plain)}"'
