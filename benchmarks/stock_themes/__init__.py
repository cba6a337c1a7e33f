"""Invented posts in the markup of stock WordPress themes, one of each structure, after what their templates print."""

from __future__ import annotations

from benchmarks.stock_themes.stock_theme import StockTheme, without

STOCK_THEMES = (
    StockTheme("twentyten", without("images"), without("images", "comment_count")),
    StockTheme("twentytwenty"),
    StockTheme("twentytwentyfour", without("author", "comment_count")),
    StockTheme("astra", without("tags")),
    StockTheme("oceanwp", without("tags")),
    StockTheme("colormag", without("tags")),
    StockTheme("newspaper", without("categories", "tags"), full=False),
    StockTheme("bridge", without("tags"), full=False),
)

#: Has no class that is known; its articles' own pages alone.
UNCLASSED = StockTheme("unclassed")
