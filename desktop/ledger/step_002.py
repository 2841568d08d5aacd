"""The schema of the second version, as literal SQL. Frozen once it is released."""

SQL = """
CREATE TABLE "former_name" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "place" TEXT REFERENCES "place"("id"),
    "name" TEXT NOT NULL DEFAULT '',
    "until" TEXT,
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "former_name_place" ON "former_name"("place");
CREATE INDEX "former_name_until" ON "former_name"("until");
ALTER TABLE "unit" ADD COLUMN "valid_from" TEXT;
CREATE TABLE "speaker_team" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL DEFAULT '',
    "leader" TEXT NOT NULL DEFAULT '',
    "members" INTEGER,
    "unit" TEXT NOT NULL DEFAULT '',
    "founded" TEXT,
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "speaker_team_founded" ON "speaker_team"("founded");
ALTER TABLE "lecture" ADD COLUMN "team" TEXT NOT NULL DEFAULT '';
CREATE INDEX "lecture_team" ON "lecture"("team");
ALTER TABLE "visit" ADD COLUMN "due" TEXT;
CREATE TABLE "root_cause" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "cause" TEXT NOT NULL DEFAULT '',
    "measure" TEXT NOT NULL DEFAULT '',
    "unit" TEXT NOT NULL DEFAULT '',
    "opened" TEXT,
    "closed" TEXT,
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "root_cause_opened" ON "root_cause"("opened");
ALTER TABLE "problem" ADD COLUMN "example" INTEGER;
ALTER TABLE "problem" ADD COLUMN "example_before" TEXT NOT NULL DEFAULT '';
ALTER TABLE "problem" ADD COLUMN "example_after" TEXT NOT NULL DEFAULT '';
ALTER TABLE "problem" ADD COLUMN "liaison" TEXT NOT NULL DEFAULT '';
ALTER TABLE "problem" ADD COLUMN "verified" TEXT;
ALTER TABLE "problem" ADD COLUMN "verifier" TEXT NOT NULL DEFAULT '';
ALTER TABLE "problem" ADD COLUMN "root_cause" TEXT NOT NULL DEFAULT '';
CREATE INDEX "problem_root_cause" ON "problem"("root_cause");
CREATE INDEX "problem_source" ON "problem"("source");
CREATE TABLE "progress_note" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "problem" TEXT REFERENCES "problem"("id"),
    "date" TEXT,
    "kind" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL DEFAULT '',
    "person" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "progress_note_problem" ON "progress_note"("problem");
CREATE INDEX "progress_note_date" ON "progress_note"("date");
ALTER TABLE "case" ADD COLUMN "example" INTEGER;
ALTER TABLE "case" ADD COLUMN "example_before" TEXT NOT NULL DEFAULT '';
ALTER TABLE "case" ADD COLUMN "example_after" TEXT NOT NULL DEFAULT '';
ALTER TABLE "case" ADD COLUMN "co_lead" TEXT NOT NULL DEFAULT '';
ALTER TABLE "case" ADD COLUMN "co_lead_rank" TEXT NOT NULL DEFAULT '';
ALTER TABLE "suggestion" ADD COLUMN "example" INTEGER;
ALTER TABLE "suggestion" ADD COLUMN "example_before" TEXT NOT NULL DEFAULT '';
ALTER TABLE "suggestion" ADD COLUMN "example_after" TEXT NOT NULL DEFAULT '';
ALTER TABLE "suggestion" ADD COLUMN "status" TEXT NOT NULL DEFAULT '';
ALTER TABLE "suggestion" ADD COLUMN "assigned" TEXT;
ALTER TABLE "suggestion" ADD COLUMN "result" TEXT NOT NULL DEFAULT '';
ALTER TABLE "suggestion" ADD COLUMN "reply" TEXT NOT NULL DEFAULT '';
ALTER TABLE "suggestion" ADD COLUMN "remedy" TEXT NOT NULL DEFAULT '';
ALTER TABLE "suggestion" ADD COLUMN "nature" TEXT NOT NULL DEFAULT '';
ALTER TABLE "suggestion" ADD COLUMN "collective" INTEGER;
ALTER TABLE "suggestion" ADD COLUMN "result_class" TEXT NOT NULL DEFAULT '';
ALTER TABLE "suggestion" ADD COLUMN "use" TEXT NOT NULL DEFAULT '';
ALTER TABLE "suggestion" ADD COLUMN "converted" TEXT;
ALTER TABLE "suggestion" ADD COLUMN "became" TEXT NOT NULL DEFAULT '';
CREATE INDEX "suggestion_due" ON "suggestion"("due");
CREATE INDEX "suggestion_became" ON "suggestion"("became");
ALTER TABLE "topic" ADD COLUMN "report" TEXT NOT NULL DEFAULT '';
ALTER TABLE "topic" ADD COLUMN "reported" TEXT;
ALTER TABLE "topic" ADD COLUMN "finished" TEXT;
ALTER TABLE "topic" ADD COLUMN "units" TEXT NOT NULL DEFAULT '';
ALTER TABLE "topic" ADD COLUMN "plan" TEXT NOT NULL DEFAULT '';
CREATE TABLE "topic_use" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "topic" TEXT REFERENCES "topic"("id"),
    "date" TEXT,
    "kind" TEXT NOT NULL DEFAULT '',
    "what" TEXT NOT NULL DEFAULT '',
    "document" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "topic_use_topic" ON "topic_use"("topic");
CREATE INDEX "topic_use_date" ON "topic_use"("date");
CREATE TABLE "volunteer_service" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "check_in" TEXT REFERENCES "check_in"("id"),
    "date" TEXT,
    "kind" TEXT NOT NULL DEFAULT '',
    "hours" INTEGER,
    "what" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "volunteer_service_check_in" ON "volunteer_service"("check_in");
CREATE INDEX "volunteer_service_date" ON "volunteer_service"("date");
CREATE TABLE "zero_report" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL DEFAULT '',
    "first" TEXT,
    "last" TEXT,
    "reporter" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "zero_report_kind" ON "zero_report"("kind");
CREATE INDEX "zero_report_last" ON "zero_report"("last");
CREATE TABLE "declared_count" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "figure" TEXT NOT NULL DEFAULT '',
    "first" TEXT,
    "last" TEXT,
    "value" INTEGER,
    "area" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL DEFAULT '',
    "reporter" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "declared_count_figure" ON "declared_count"("figure");
CREATE INDEX "declared_count_last" ON "declared_count"("last");
CREATE TABLE "attachment" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "of" TEXT NOT NULL DEFAULT '',
    "sha256" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "caption" TEXT NOT NULL DEFAULT '',
    "media" TEXT NOT NULL DEFAULT '',
    "size" INTEGER,
    "width" INTEGER,
    "height" INTEGER,
    "taken" TEXT,
    "taken_at" TEXT,
    "original" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "attachment_of" ON "attachment"("of");
CREATE INDEX "attachment_sha256" ON "attachment"("sha256");
CREATE TABLE "same_as" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "office" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '',
    "removed" TEXT NOT NULL DEFAULT '',
    "duplicate" TEXT NOT NULL DEFAULT '',
    "main" TEXT NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL DEFAULT '',
    "counter" INTEGER NOT NULL,
    "installation" TEXT NOT NULL,
    "stamps" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "same_as_duplicate" ON "same_as"("duplicate");
CREATE INDEX "same_as_main" ON "same_as"("main");
CREATE TABLE "serial" (
    "prefix" TEXT PRIMARY KEY NOT NULL,
    "last" INTEGER NOT NULL
) STRICT;
CREATE TABLE "preference" (
    "who" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    PRIMARY KEY ("who", "key")
) STRICT;
DROP INDEX "activity_date";
DROP INDEX "activity_leader";
CREATE INDEX "activity_removed_date" ON "activity"("removed", "date");
CREATE INDEX "activity_leader_removed_date" ON "activity"("leader", "removed", "date");
CREATE INDEX "problem_unit" ON "problem"("unit");
CREATE INDEX "problem_status" ON "problem"("status");
"""
