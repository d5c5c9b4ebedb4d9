"""Follows every link of a built site that stays in it, and fails if one leads nowhere.

    python scripts/check_site.py build/docs/site

The generator checks the links of the pages; this checks what it made of them: navigation, pictures,
reference, anchors. What a page loads, such as scripts and pictures, must be in the site too.
"""

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """The links, the loaded files and the anchors of a page.

    Args:
        path: The HTML file.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loaded: set[str] = set()
        self.anchors: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what a tag has of links and anchors."""
        values = {name: value for name, value in attrs if value is not None}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        loads = tag == "link" and values.get("rel") in ("stylesheet", "icon", "prev", "next")
        for name in ("href", "src"):
            if name in values:
                (self.loaded if name == "src" or loads else self.links).add(values[name])


def broken_links(site: Path) -> list[str]:
    """What is wrong with a site, one line each.

    Args:
        site: The folder that the generator wrote.

    Returns:
        `page: link`, sorted; nothing if all is well.
    """
    # 404.html is shown for any address, so its links begin at the root of whatever host there is.
    paths = [path for path in site.rglob("*.html") if path.name != "404.html"]
    pages = {path.resolve(): Page(path) for path in paths}
    return sorted(
        f"{path.relative_to(site.resolve())}: {link}"
        for path, page in pages.items()
        for link in page.links | page.loaded
        if not _leads_somewhere(path, link, link in page.loaded, pages)
    )


def _leads_somewhere(path: Path, link: str, loaded: bool, pages: dict[Path, Page]) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return not loaded or parts.scheme == "data"
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if target.is_dir():
        target /= "index.html"
    if parts.fragment and target in pages:
        return unquote(parts.fragment) in {"", *pages[target].anchors}
    return target.exists()


def main() -> None:
    """Runs the script."""
    [site] = map(Path, sys.argv[1:])
    broken = broken_links(site)
    if broken or not site.is_dir():
        sys.exit("\n".join(["Links that lead nowhere:", *broken]))
    print(f"{len(list(site.rglob('*.html')))} pages, no broken link")


if __name__ == "__main__":
    main()
