"""What the office keeps: one file a type; `RECORD_TYPES` lists them, parents before parts."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.core.record import Record, RecordType
from desktop.records.activity import Activity
from desktop.records.attachment import Attachment
from desktop.records.cadre import Cadre
from desktop.records.campaign import Campaign
from desktop.records.case import Case
from desktop.records.check_in import CheckIn
from desktop.records.code_item import CodeItem
from desktop.records.declared_count import DeclaredCount
from desktop.records.dispute import Dispute
from desktop.records.fieldwork import Fieldwork
from desktop.records.film import Film
from desktop.records.former_name import FormerName
from desktop.records.lecture import Lecture
from desktop.records.mechanism import Mechanism
from desktop.records.onsite import Onsite
from desktop.records.participation import Participation
from desktop.records.petitioner import Petitioner
from desktop.records.place import Place
from desktop.records.post import Post
from desktop.records.problem import Problem
from desktop.records.progress_note import ProgressNote
from desktop.records.reception import Reception
from desktop.records.residential_area import ResidentialArea
from desktop.records.role_model import RoleModel
from desktop.records.root_cause import RootCause
from desktop.records.same_as import SameAs
from desktop.records.speaker_team import SpeakerTeam
from desktop.records.study_event import StudyEvent
from desktop.records.suggestion import Suggestion
from desktop.records.topic import Topic
from desktop.records.topic_use import TopicUse
from desktop.records.typical_case import TypicalCase
from desktop.records.unit import Unit
from desktop.records.visit import Visit
from desktop.records.volunteer_service import VolunteerService
from desktop.records.zero_report import ZeroReport

_CLASSES: tuple[type[Record], ...] = (
    Place,
    FormerName,
    Unit,
    Cadre,
    Post,
    Campaign,
    SpeakerTeam,
    Activity,
    Participation,
    Lecture,
    Fieldwork,
    Reception,
    Visit,
    Onsite,
    RootCause,
    Problem,
    ProgressNote,
    Case,
    Petitioner,
    Dispute,
    Suggestion,
    Topic,
    TopicUse,
    TypicalCase,
    ResidentialArea,
    CheckIn,
    VolunteerService,
    RoleModel,
    Film,
    Mechanism,
    StudyEvent,
    CodeItem,
    ZeroReport,
    DeclaredCount,
    Attachment,
    SameAs,
)

RECORD_TYPES: Mapping[str, RecordType] = {c.type.name: c.type for c in _CLASSES}

__all__ = [
    "RECORD_TYPES",
    "Activity",
    "Attachment",
    "Cadre",
    "Campaign",
    "Case",
    "CheckIn",
    "CodeItem",
    "DeclaredCount",
    "Dispute",
    "Fieldwork",
    "Film",
    "FormerName",
    "Lecture",
    "Mechanism",
    "Onsite",
    "Participation",
    "Petitioner",
    "Place",
    "Post",
    "Problem",
    "ProgressNote",
    "Reception",
    "ResidentialArea",
    "RoleModel",
    "RootCause",
    "SameAs",
    "SpeakerTeam",
    "StudyEvent",
    "Suggestion",
    "Topic",
    "TopicUse",
    "TypicalCase",
    "Unit",
    "Visit",
    "VolunteerService",
    "ZeroReport",
]
