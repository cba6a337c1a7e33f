"""What of a text its readers see: without the boxes of plugins, and without what styles hide.

In this order: `page.py` lets `style_sheets` mark, in the source of the whole page, what its sheets and scripts hide;
`content.py` marks what styles, attributes and classes in a text hide, and then takes out chrome and plugins' boxes;
`body.py` takes out what is marked, last, for a box that has gone may have been what opens it.
"""
