"""Bodies of comparisons of places."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from docsearch.service.schemas.answers import CitationBody
from docsearch.service.schemas.base import DOCUMENT, Body


class AspectBody(Body):
    """One row of a topic."""

    aspect: str
    title: str


class PlaceColumnBody(Body):
    """One column of a comparison."""

    name: str
    label: str = Field(description="its name, with the province where two have it")
    tier: Literal["province", "district", "commune"] | None
    within: list[str]
    documents: list[str]


class FigureBody(BaseModel):
    """A figure of a quotation."""

    subject: str
    indicator: str
    comparator: str
    value: float | None
    value_to: float | None
    unit: str
    period: str | None
    kind: str


class CellQuotationBody(Body):
    """One thing that a place's documents say of a topic."""

    gist: str
    score: float
    figure: FigureBody | None
    citations: list[int] = Field(description="positions in citations")


class NearestBody(Body):
    """What stands nearest where nothing is stipulated."""

    citation: int
    score: float


class CellBody(Body):
    """What the documents of one place say."""

    place: str = Field(description="label of a column")
    status: Literal["stated", "not_stipulated", "no_document"]
    text: str
    searched: int = Field(description="documents that were searched")
    quotations: list[CellQuotationBody]
    nearest: NearestBody | None


class RowBody(Body):
    """One row of a comparison: a topic, or an aspect of it."""

    topic: str
    aspect: str
    title: str
    cells: list[CellBody]


class ComparisonBody(BaseModel):
    """Topics and places, side by side."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "topics": ["phân luồng học sinh sau THCS"],
                    "aspects": [{"aspect": "targets", "title": "Chỉ tiêu"}],
                    "places": [
                        {
                            "name": "huyện Chi Lăng",
                            "label": "huyện Chi Lăng",
                            "tier": "district",
                            "within": ["tỉnh Lạng Sơn"],
                            "documents": [DOCUMENT],
                        }
                    ],
                    "rows": [
                        {
                            "topic": "phân luồng học sinh sau THCS",
                            "aspect": "targets",
                            "title": "Chỉ tiêu",
                            "cells": [
                                {
                                    "place": "huyện Chi Lăng",
                                    "status": "not_stipulated",
                                    "text": "không quy định",
                                    "searched": 1,
                                    "quotations": [],
                                    "nearest": None,
                                }
                            ],
                        }
                    ],
                    "aligned": [],
                    "citations": [],
                    "without_place": [],
                    "origin": {"documents": 5},
                }
            ]
        },
    )

    topics: list[str]
    aspects: list[AspectBody]
    places: list[PlaceColumnBody]
    rows: list[RowBody]
    aligned: list[dict[str, Any]] = Field(description="figures of one indicator, by place")
    citations: list[CitationBody]
    without_place: list[str] = Field(description="files whose place is not known")
    origin: dict[str, Any] = Field(description="what the comparison was made from")
