"""How values are shown on a page: dates, citations, feeds, charts, bodies."""
