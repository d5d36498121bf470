"""The catalogue: a province as data, effective-dated and checked (DOMAIN §3)."""

from streams.catalogue.catalogue import Catalogue
from streams.catalogue.categories import Category
from streams.catalogue.places import Agency, Area
from streams.catalogue.procedures import Field, Procedure
from streams.catalogue.systems import Check, Metric, System

__all__ = ["Agency", "Area", "Catalogue", "Category", "Check", "Field", "Metric", "Procedure", "System"]
