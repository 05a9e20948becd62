"""How a page looks in a browser: nothing runs over its edge, and everything can be read in light and in dark."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest

from tests.digest.samples import EMPTY, HARD, ONE, SEVEN, TWELVE, UPDATE, WEEK, digest, html, rates

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WIDTHS = (320, 360, 700, 800)
PAGES = {
    "one": ONE, "twelve": TWELVE, "update": digest(UPDATE), "heartbeat": EMPTY, "week": WEEK, "blocks": SEVEN,
    "hard": HARD,
}  # fmt: skip
_MEASURE = """
const rgb = colour => (colour.match(/[0-9.]+/g) || []).map(Number);
const light = colour => rgb(colour).slice(0, 3).map(v => v / 255)
  .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
const behind = (view, element) => {
  for (let at = element; at; at = at.parentElement) {
    const colour = view.getComputedStyle(at).backgroundColor;
    if (rgb(colour)[3] !== 0) return colour;
  }
  return "rgb(255, 255, 255)";
};
onload = () => {
  const found = [];
  for (const frame of document.querySelectorAll("iframe")) {
    const page = frame.contentDocument, view = frame.contentWindow;
    const dim = [];
    const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !element.getClientRects().length) continue;
      const [a, b] = [light(view.getComputedStyle(element).color), light(behind(view, element))].sort((x, y) => y - x);
      if ((a + 0.05) / (b + 0.05) < 4.5) dim.push(walker.currentNode.data.trim());
    }
    found.push({name: frame.title, over: page.documentElement.scrollWidth - frame.clientWidth, dim,
      dark: light(behind(view, page.body)) < 0.2});
  }
  document.body.innerHTML = "<pre>" + JSON.stringify(found).replace(/&/g, "&amp;").replace(/</g, "&lt;") + "</pre>";
};
"""


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed here")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_runs_over_its_edge_and_every_word_can_be_read(scheme: str, tmp_path: Path) -> None:
    frames = "".join(
        f'<iframe title="{name} at {width}" style="border:0;width:{width}px" srcdoc="{escape(page)}"></iframe>'
        for name, page in ((name, html(shown, rates)) for name, shown in PAGES.items())
        for width in WIDTHS
    )
    sheet = tmp_path / "sheet.html"
    sheet.write_text(f"<!DOCTYPE html><meta charset=utf-8><body>{frames}<script>{_MEASURE}</script>", "utf-8")

    found = _measured(sheet, dark=scheme == "dark")

    assert len(found) == len(PAGES) * len(WIDTHS)
    assert {each["dark"] for each in found} == {scheme == "dark"}
    assert [each["name"] for each in found if each["over"] > 0] == []
    assert {str(each["name"]): each["dim"] for each in found if each["dim"]} == {}


def _measured(sheet: Path, *, dark: bool) -> list[dict[str, Any]]:
    """Return what a browser measures of the frames of a page."""
    command = [
        str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
        f"--user-data-dir={sheet.parent / 'profile'}", f"--blink-settings=preferredColorScheme={0 if dark else 1}",
        "--window-size=1000,900", "--dump-dom", sheet.as_uri(),
    ]  # fmt: skip
    shown = subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.decode()
    measured = re.search(r"<pre>(.*)</pre>", shown, re.DOTALL)
    assert measured is not None, shown[:400]
    found: list[dict[str, Any]] = json.loads(unescape(measured[1]))
    return found
