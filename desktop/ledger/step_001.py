"""The schema of the first version, as literal SQL. Frozen: later changes are later steps."""

SQL = """
CREATE TABLE "place" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "code" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "level" TEXT NOT NULL DEFAULT '',
    "settlement" TEXT NOT NULL DEFAULT '',
    "within" TEXT NOT NULL DEFAULT '',
    "aliases" TEXT NOT NULL DEFAULT '',
    "valid_from" TEXT,
    "valid_to" TEXT,
    "successor" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "place_code" ON "place"("code");
CREATE INDEX "place_name" ON "place"("name");
CREATE INDEX "place_level" ON "place"("level");
CREATE INDEX "place_within" ON "place"("within");
CREATE TABLE "unit" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL DEFAULT '',
    "aliases" TEXT NOT NULL DEFAULT '',
    "valid_to" TEXT,
    "successor" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "unit_name" ON "unit"("name");
CREATE TABLE "cadre" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "roster_number" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "party_member" INTEGER,
    "on_roster" INTEGER,
    "note" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "cadre_roster_number" ON "cadre"("roster_number");
CREATE INDEX "cadre_name" ON "cadre"("name");
CREATE TABLE "post" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "cadre" TEXT REFERENCES "cadre"("id"),
    "unit" TEXT NOT NULL DEFAULT '',
    "title" TEXT NOT NULL DEFAULT '',
    "rank" TEXT NOT NULL DEFAULT '',
    "start" TEXT,
    "end" TEXT,
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "post_cadre" ON "post"("cadre");
CREATE TABLE "campaign" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "start" TEXT,
    "end" TEXT,
    "basis" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "campaign_start" ON "campaign"("start");
CREATE TABLE "activity" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "date" TEXT,
    "leader" TEXT NOT NULL DEFAULT '',
    "places" TEXT NOT NULL DEFAULT '',
    "campaign" TEXT NOT NULL DEFAULT '',
    "leader_post" TEXT NOT NULL DEFAULT '',
    "leader_rank" TEXT NOT NULL DEFAULT '',
    "leader_role" TEXT NOT NULL DEFAULT '',
    "start" TEXT,
    "end" TEXT,
    "attendance" INTEGER,
    "summary" TEXT NOT NULL DEFAULT '',
    "recorder" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "activity_date" ON "activity"("date");
CREATE INDEX "activity_leader" ON "activity"("leader");
CREATE TABLE "participation" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "activity" TEXT REFERENCES "activity"("id"),
    "person" TEXT NOT NULL DEFAULT '',
    "role" TEXT NOT NULL DEFAULT '',
    "post" TEXT NOT NULL DEFAULT '',
    "rank" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "participation_activity" ON "participation"("activity");
CREATE TABLE "lecture" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "activity" TEXT REFERENCES "activity"("id"),
    "place" TEXT NOT NULL DEFAULT '',
    "theme" TEXT NOT NULL DEFAULT '',
    "form" TEXT NOT NULL DEFAULT '',
    "heads" INTEGER,
    "sessions" INTEGER,
    "place_kind" TEXT NOT NULL DEFAULT '',
    "speaker" TEXT NOT NULL DEFAULT '',
    "speaker_kind" TEXT NOT NULL DEFAULT '',
    "audience" TEXT NOT NULL DEFAULT '',
    "party_heads" INTEGER,
    "online_views" INTEGER,
    "materials" INTEGER,
    "answers" INTEGER,
    "screening" INTEGER,
    "party_class" INTEGER,
    "note" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "lecture_activity" ON "lecture"("activity");
CREATE TABLE "fieldwork" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "activity" TEXT REFERENCES "activity"("id"),
    "place" TEXT NOT NULL DEFAULT '',
    "topic" TEXT NOT NULL DEFAULT '',
    "methods" TEXT NOT NULL DEFAULT '',
    "interviewees" INTEGER,
    "place_kind" TEXT NOT NULL DEFAULT '',
    "meetings" INTEGER,
    "findings" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "fieldwork_activity" ON "fieldwork"("activity");
CREATE TABLE "reception" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "activity" TEXT REFERENCES "activity"("id"),
    "place" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL DEFAULT '',
    "place_kind" TEXT NOT NULL DEFAULT '',
    "announced" TEXT NOT NULL DEFAULT '',
    "companions" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "reception_activity" ON "reception"("activity");
CREATE TABLE "visit" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "reception" TEXT REFERENCES "reception"("id"),
    "people" INTEGER,
    "matter" TEXT NOT NULL DEFAULT '',
    "outcome" TEXT NOT NULL DEFAULT '',
    "category" TEXT NOT NULL DEFAULT '',
    "purpose" TEXT NOT NULL DEFAULT '',
    "collective" INTEGER,
    "representatives" INTEGER,
    "backlog" INTEGER,
    "closed" TEXT,
    "follow_up" TEXT NOT NULL DEFAULT '',
    "satisfaction" TEXT NOT NULL DEFAULT '',
    "case" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "visit_reception" ON "visit"("reception");
CREATE INDEX "visit_case" ON "visit"("case");
CREATE TABLE "onsite" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "activity" TEXT REFERENCES "activity"("id"),
    "place" TEXT NOT NULL DEFAULT '',
    "place_kind" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "onsite_activity" ON "onsite"("activity");
CREATE TABLE "problem" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "onsite" TEXT REFERENCES "onsite"("id"),
    "title" TEXT NOT NULL DEFAULT '',
    "decision" TEXT NOT NULL DEFAULT '',
    "unit" TEXT NOT NULL DEFAULT '',
    "due" TEXT,
    "date" TEXT,
    "place" TEXT NOT NULL DEFAULT '',
    "field" TEXT NOT NULL DEFAULT '',
    "measure" TEXT NOT NULL DEFAULT '',
    "co_units" TEXT NOT NULL DEFAULT '',
    "person" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT '',
    "closed" TEXT,
    "satisfaction" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL DEFAULT '',
    "detail" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "problem_onsite" ON "problem"("onsite");
CREATE INDEX "problem_due" ON "problem"("due");
CREATE TABLE "case" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "received" TEXT,
    "matter" TEXT NOT NULL DEFAULT '',
    "place" TEXT NOT NULL DEFAULT '',
    "category" TEXT NOT NULL DEFAULT '',
    "people" INTEGER,
    "unit" TEXT NOT NULL DEFAULT '',
    "due" TEXT,
    "status" TEXT NOT NULL DEFAULT '',
    "closed" TEXT,
    "result" TEXT NOT NULL DEFAULT '',
    "form" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL DEFAULT '',
    "purpose" TEXT NOT NULL DEFAULT '',
    "follow_up" TEXT NOT NULL DEFAULT '',
    "satisfaction" TEXT NOT NULL DEFAULT '',
    "backlog" INTEGER,
    "lead_cadre" TEXT NOT NULL DEFAULT '',
    "lead_rank" TEXT NOT NULL DEFAULT '',
    "national_number" TEXT NOT NULL DEFAULT '',
    "origin" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "case_received" ON "case"("received");
CREATE INDEX "case_due" ON "case"("due");
CREATE INDEX "case_origin" ON "case"("origin");
CREATE TABLE "petitioner" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "of" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "phone" TEXT NOT NULL DEFAULT '',
    "identity" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "petitioner_of" ON "petitioner"("of");
CREATE TABLE "dispute" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "date" TEXT,
    "kind" TEXT NOT NULL DEFAULT '',
    "place" TEXT NOT NULL DEFAULT '',
    "summary" TEXT NOT NULL DEFAULT '',
    "mediator" TEXT NOT NULL DEFAULT '',
    "result" TEXT NOT NULL DEFAULT '',
    "settled" TEXT,
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "dispute_date" ON "dispute"("date");
CREATE TABLE "suggestion" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "date" TEXT,
    "content" TEXT NOT NULL DEFAULT '',
    "channel" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL DEFAULT '',
    "place" TEXT NOT NULL DEFAULT '',
    "unit" TEXT NOT NULL DEFAULT '',
    "due" TEXT,
    "adoption" TEXT NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL DEFAULT '',
    "replied" TEXT,
    "anonymous" INTEGER,
    "proposer_kind" TEXT NOT NULL DEFAULT '',
    "co_units" TEXT NOT NULL DEFAULT '',
    "reply_form" TEXT NOT NULL DEFAULT '',
    "rating" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "suggestion_date" ON "suggestion"("date");
CREATE INDEX "suggestion_source" ON "suggestion"("source");
CREATE TABLE "topic" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "leader" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL DEFAULT '',
    "methods" TEXT NOT NULL DEFAULT '',
    "start" TEXT,
    "state" TEXT NOT NULL DEFAULT '',
    "result" TEXT NOT NULL DEFAULT '',
    "due" TEXT,
    "leader_rank" TEXT NOT NULL DEFAULT '',
    "area" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "topic_start" ON "topic"("start");
CREATE TABLE "typical_case" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "polarity" TEXT NOT NULL DEFAULT '',
    "date" TEXT,
    "topic" TEXT NOT NULL DEFAULT '',
    "analysis" TEXT NOT NULL DEFAULT '',
    "lessons" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "typical_case_date" ON "typical_case"("date");
CREATE TABLE "residential_area" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "community" TEXT NOT NULL DEFAULT '',
    "township" TEXT NOT NULL DEFAULT '',
    "station" INTEGER,
    "station_on" TEXT,
    "mechanism" INTEGER,
    "mechanism_on" TEXT,
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "residential_area_name" ON "residential_area"("name");
CREATE TABLE "check_in" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "person" TEXT NOT NULL DEFAULT '',
    "unit" TEXT NOT NULL DEFAULT '',
    "area" TEXT NOT NULL DEFAULT '',
    "date" TEXT,
    "volunteering" INTEGER,
    "measures" INTEGER,
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "check_in_date" ON "check_in"("date");
CREATE TABLE "role_model" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "township" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL DEFAULT '',
    "date" TEXT,
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "role_model_date" ON "role_model"("date");
CREATE TABLE "film" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "finished" TEXT,
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "film_finished" ON "film"("finished");
CREATE TABLE "mechanism" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "document" TEXT NOT NULL DEFAULT '',
    "issued" TEXT,
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "mechanism_issued" ON "mechanism"("issued");
CREATE TABLE "study_event" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "date" TEXT,
    "kind" TEXT NOT NULL DEFAULT '',
    "subject" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "study_event_date" ON "study_event"("date");
CREATE TABLE "code_item" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "codes" TEXT NOT NULL DEFAULT '',
    "label" TEXT NOT NULL DEFAULT '',
    "means" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "code_item_codes" ON "code_item"("codes");
CREATE TABLE "meta" ("key" TEXT PRIMARY KEY NOT NULL, "value" TEXT NOT NULL) STRICT;
CREATE TABLE "entry" (
    "n" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "type" TEXT NOT NULL,
    "title" TEXT NOT NULL
) STRICT;
CREATE TABLE "knows" (
    "installation" TEXT PRIMARY KEY NOT NULL,
    "counter" INTEGER NOT NULL
) STRICT;
CREATE TABLE "sibling" (
    "record" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "value" TEXT,
    PRIMARY KEY ("record", "field", "counter", "installation")
) STRICT;
CREATE TABLE "operation" (
    "counter" INTEGER PRIMARY KEY,
    "installation" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "who" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "batch" TEXT NOT NULL,
    "undoes" TEXT NOT NULL DEFAULT '',
    "chain" TEXT NOT NULL
) STRICT;
CREATE INDEX "operation_batch" ON "operation"("batch");
CREATE TABLE "history" (
    "n" INTEGER PRIMARY KEY,
    "counter" INTEGER NOT NULL REFERENCES "operation"("counter"),
    "record" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "changes" TEXT NOT NULL,
    "salt" BLOB NOT NULL,
    "digest" BLOB NOT NULL
) STRICT;
CREATE INDEX "history_record" ON "history"("record");
CREATE INDEX "history_counter" ON "history"("counter");
CREATE TABLE "imported_row" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "kind" TEXT NOT NULL,
    "office" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "serial" TEXT NOT NULL,
    "cells" TEXT NOT NULL,
    "records" TEXT NOT NULL,
    "file" TEXT NOT NULL,
    "replaced_by" TEXT NOT NULL DEFAULT '',
    "corrects" TEXT NOT NULL DEFAULT '',
    "batch" TEXT NOT NULL
) STRICT;
CREATE INDEX "imported_row_scope" ON "imported_row"("kind", "office", "year");
CREATE TABLE "draft" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "type" TEXT NOT NULL,
    "who" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "state" TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE "search" USING fts5(
    "text", "initials", content='', contentless_delete=1,
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* P* S* M* Co'"
);
"""
