"""Invented posts in the markup of stock WordPress themes, written after what their templates print."""

from __future__ import annotations

from benchmarks.stock.blocks import BLOCKS
from benchmarks.stock.classic import CLASSIC
from benchmarks.stock.design import Stock
from benchmarks.stock.magazines import MAGAZINES
from benchmarks.stock.popular import POPULAR

STOCK: tuple[Stock, ...] = (*CLASSIC, *BLOCKS, *POPULAR, *MAGAZINES)
