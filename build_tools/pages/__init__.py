"""Which pages exist and what each needs: addresses, titles, breadcrumbs, contents lists, and the values to show.

No HTML here; how a page looks is the business of `render` and `templates/`.
"""

from build_tools.pages.home import home, map_page
from build_tools.pages.model import Crumb, Download, Link, Page, Site, TocItem
from build_tools.pages.sitemap import department_pages, pages_above
from build_tools.pages.summary import Folded, Summary, parts_of, summary_of

__all__ = [
    "Crumb", "Download", "Folded", "Link", "Page", "Site", "Summary", "TocItem", "department_pages", "home", "map_page", "pages_above", "parts_of",
    "summary_of",
]
