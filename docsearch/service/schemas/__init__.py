"""What goes over HTTP, as pydantic models: requests are checked by them, bodies described.

The bodies themselves come from ``docsearch.payloads``, so that they are those of the command line;
tests hold the two together.
"""

from docsearch.service.schemas.answers import (
    CitationBody,
    DroppedBody,
    HitBody,
    ItemBody,
    ItemFieldsBody,
    ModelBody,
    ReplyBody,
    TokensBody,
)
from docsearch.service.schemas.comparison import (
    AspectBody,
    CellBody,
    CellQuotationBody,
    ComparisonBody,
    FigureBody,
    NearestBody,
    PlaceColumnBody,
    RowBody,
)
from docsearch.service.schemas.documents import (
    AddresseeBody,
    AdministrativeUnitBody,
    DocumentBody,
    DocumentRowBody,
    HeaderBody,
    PlaceBody,
    RecipientBody,
    SignatoryBody,
    UnitBody,
)
from docsearch.service.schemas.facts import (
    DeadlineBody,
    EvidenceBody,
    ObligationBody,
    ObligationSpansBody,
    TargetBody,
)
from docsearch.service.schemas.parameters import (
    MAX_FILTER,
    MAX_HITS,
    MAX_QUESTION,
    AskRequest,
    CompareParameters,
    FilterFields,
    ObligationParameters,
    SearchParameters,
    TargetParameters,
)
from docsearch.service.schemas.status import HealthBody, Problem, ReadyBody

__all__ = [
    "AddresseeBody",
    "AdministrativeUnitBody",
    "AskRequest",
    "AspectBody",
    "CellBody",
    "CellQuotationBody",
    "CitationBody",
    "CompareParameters",
    "ComparisonBody",
    "DeadlineBody",
    "DocumentBody",
    "DocumentRowBody",
    "DroppedBody",
    "EvidenceBody",
    "FigureBody",
    "FilterFields",
    "HeaderBody",
    "HealthBody",
    "HitBody",
    "ItemBody",
    "ItemFieldsBody",
    "MAX_FILTER",
    "MAX_HITS",
    "MAX_QUESTION",
    "ModelBody",
    "NearestBody",
    "ObligationBody",
    "ObligationParameters",
    "ObligationSpansBody",
    "PlaceBody",
    "PlaceColumnBody",
    "Problem",
    "ReadyBody",
    "RecipientBody",
    "ReplyBody",
    "RowBody",
    "SearchParameters",
    "SignatoryBody",
    "TargetBody",
    "TargetParameters",
    "TokensBody",
    "UnitBody",
]
