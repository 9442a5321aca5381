-- The schema as it stood after the migrations that this baseline replaces.
CREATE EXTENSION IF NOT EXISTS unaccent;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
-- unaccent() is only STABLE; naming its dictionary makes this wrapper safe to index. Same result as `fold` in
-- server/platform/rules/text.ts.
CREATE FUNCTION fold_text(value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, normalize(value, NFC))) $$;
--> statement-breakpoint
-- A title without accents, capitals and punctuation: titles that are typed again compare equal.
CREATE FUNCTION title_key(title text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT btrim(regexp_replace(public.fold_text(title), '[[:space:][:punct:]]+', ' ', 'g')) $$;
--> statement-breakpoint
-- Squares of a four-hundredth of a degree, some 270 m wide; server/reports/rules/neighbourhood.ts counts them the same
-- way.
CREATE FUNCTION report_cell(lon double precision, lat double precision)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT floor((lat + 90) * 400)::bigint * 144000 + floor((lon + 180) * 400)::bigint $$;
--> statement-breakpoint
-- The digits by which a number is found, whatever its spelling. Same result as the rule of phone numbers in TypeScript.
CREATE FUNCTION phone_digits(phone text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $$ WITH without_extension AS (
     SELECT regexp_replace(public.fold_text(phone),
       '[\s(,;/-]*(may le|so le|may nhanh|extension|ext)[\s.:]*[0-9]{1,6}\)?\s*$', '') AS typed
   ), bare AS (
     SELECT regexp_replace(typed, '[^0-9+()]', '', 'g') AS typed FROM without_extension
   ), one_zero AS (
     SELECT regexp_replace(typed, '^(\(?(\+|00)[1-9][0-9]{0,2}\)?|\(?84\)?)\(0\)', '\1') AS typed FROM bare
   ), international AS (
     SELECT regexp_replace(regexp_replace(typed, '[()]', '', 'g'), '^00', '+') AS typed FROM one_zero
   )
   SELECT nullif(regexp_replace(
     regexp_replace(typed, '^\+84', '0'), '^84([35789][0-9]{8}|2[0-9]{9})$', '0\1'), '') FROM international $$;
--> statement-breakpoint
CREATE TABLE "account_roles" (
	"account_id" uuid NOT NULL,
	"role" text NOT NULL,
	"agency_id" text NOT NULL,
	CONSTRAINT "account_roles_account_id_role_agency_id_pk" PRIMARY KEY("account_id","role","agency_id"),
	CONSTRAINT "account_roles_role" CHECK ("account_roles"."role" in ('dispatcher', 'officer', 'approver', 'editor', 'chief_editor', 'urgent_publisher', 'manager', 'admin', 'auditor'))
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"username" text NOT NULL,
	"name" text NOT NULL,
	"given_name" text NOT NULL,
	"position" text DEFAULT '' NOT NULL,
	"email" text,
	"agency_id" text NOT NULL,
	"password_hash" text,
	"oidc_subject" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"preferences" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"morning_letter_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_username" UNIQUE("username"),
	CONSTRAINT "accounts_oidc_subject" UNIQUE("oidc_subject"),
	CONSTRAINT "accounts_username_folded" CHECK ("accounts"."username" = lower(btrim("accounts"."username")) and "accounts"."username" <> '')
);
--> statement-breakpoint
CREATE TABLE "password_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"revoke_reason" text,
	"confirmed_at" timestamp (3) with time zone,
	"second_factor_at" timestamp (3) with time zone,
	"ip" text,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "substitutions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"holder_id" uuid NOT NULL,
	"stand_in_id" uuid NOT NULL,
	"role" text NOT NULL,
	"agency_id" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"created_by_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"revoked_by_id" uuid,
	CONSTRAINT "substitutions_role" CHECK ("substitutions"."role" in ('dispatcher', 'officer', 'approver', 'editor', 'chief_editor', 'urgent_publisher', 'manager', 'admin', 'auditor')),
	CONSTRAINT "substitutions_span" CHECK ("substitutions"."ends_at" > "substitutions"."starts_at"),
	CONSTRAINT "substitutions_two_persons" CHECK ("substitutions"."stand_in_id" <> "substitutions"."holder_id")
);
--> statement-breakpoint
CREATE TABLE "agencies" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"short_name" text NOT NULL,
	"level" text NOT NULL,
	"kind" text NOT NULL,
	"parent_id" text,
	"valid_from" date,
	"valid_to" date,
	"successor_id" text,
	"area_code" text,
	"calendar_id" text NOT NULL,
	"only_assignee_answers" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "agencies_valid" CHECK ("agencies"."valid_to" is null or "agencies"."valid_from" is null or "agencies"."valid_to" >= "agencies"."valid_from"),
	CONSTRAINT "agencies_not_own_parent" CHECK ("agencies"."parent_id" <> "agencies"."id")
);
--> statement-breakpoint
CREATE TABLE "annotations" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone,
	"tag" text NOT NULL,
	"words" text NOT NULL,
	"agency_id" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "annotations_tag" CHECK ("annotations"."tag" in ('weather', 'outage', 'policy', 'campaign', 'figures', 'other')),
	CONSTRAINT "annotations_span" CHECK ("annotations"."ends_at" is null or "annotations"."ends_at" >= "annotations"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "answer_batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"kind" text DEFAULT 'answer' NOT NULL,
	"state" text NOT NULL,
	"filter" jsonb NOT NULL,
	"what" text NOT NULL,
	"where_done" text DEFAULT '' NOT NULL,
	"when_done" text DEFAULT '' NOT NULL,
	"next" text DEFAULT '' NOT NULL,
	"outcome" text,
	"planned_for" date,
	"referred_to" text DEFAULT '' NOT NULL,
	"recipients" integer NOT NULL,
	"second_person" text NOT NULL,
	"author_id" uuid NOT NULL,
	"author_for" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"reviewer_id" uuid,
	"reviewer_for" uuid,
	"reviewed_at" timestamp (3) with time zone,
	"remarks" text,
	"finished_at" timestamp (3) with time zone,
	"leaves_at" timestamp (3) with time zone,
	"follows_id" uuid,
	"failed_before" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "answer_batches_kind" CHECK ("answer_batches"."kind" in ('answer', 'notice')),
	CONSTRAINT "answer_batches_outcome" CHECK (("answer_batches"."kind" = 'answer') = ("answer_batches"."outcome" is not null) and (
  "answer_batches"."outcome" is null or "answer_batches"."outcome" in ('fixed', 'temporary', 'planned', 'nothing_found', 'not_ours', 'not_stated'))
  and (coalesce("answer_batches"."outcome", '') = 'planned') = ("answer_batches"."planned_for" is not null)
  and (coalesce("answer_batches"."outcome", '') = 'not_ours') = ("answer_batches"."referred_to" <> '')),
	CONSTRAINT "answer_batches_state" CHECK ("answer_batches"."state" in ('awaiting_approval', 'sending', 'stopped', 'done', 'cancelled', 'refused')),
	CONSTRAINT "answer_batches_second_person" CHECK ("answer_batches"."second_person" in ('needed', 'wanted', 'none')),
	CONSTRAINT "answer_batches_two_persons" CHECK ("answer_batches"."reviewer_id" is null or (
        "answer_batches"."author_id" is distinct from "answer_batches"."reviewer_id" and "answer_batches"."author_id" is distinct from "answer_batches"."reviewer_for"
        and ("answer_batches"."author_for" is null or (
          "answer_batches"."author_for" is distinct from "answer_batches"."reviewer_id" and "answer_batches"."author_for" is distinct from "answer_batches"."reviewer_for")))),
	CONSTRAINT "answer_batches_large" CHECK ("answer_batches"."recipients" <= 50 or "answer_batches"."second_person" = 'needed'),
	CONSTRAINT "answer_batches_reviewed" CHECK ("answer_batches"."second_person" = 'none' or "answer_batches"."reviewer_id" is not null or "answer_batches"."state" in ('awaiting_approval', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "api_client_days" (
	"client_id" uuid NOT NULL,
	"day" date NOT NULL,
	"reports" integer NOT NULL,
	"most" integer NOT NULL,
	CONSTRAINT "api_client_days_client_id_day_pk" PRIMARY KEY("client_id","day"),
	CONSTRAINT "api_client_days_most" CHECK ("api_client_days"."reports" <= "api_client_days"."most")
);
--> statement-breakpoint
CREATE TABLE "api_clients" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"agency_id" text NOT NULL,
	"channel" text NOT NULL,
	"permissions" text[] NOT NULL,
	"requests_per_minute" integer NOT NULL,
	"reports_per_day" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by_id" uuid,
	"revoked_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "api_clients_name" UNIQUE("name"),
	CONSTRAINT "api_clients_channel" CHECK ("api_clients"."channel" in ('app', 'hotline', 'web', 'open311')),
	CONSTRAINT "api_clients_limits" CHECK ("api_clients"."requests_per_minute" > 0 and "api_clients"."reports_per_day" > 0)
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"client_id" uuid NOT NULL,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_hash" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "areas" (
	"id" integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "areas_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"name" text NOT NULL,
	"short_name" text NOT NULL,
	"kind" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"label_lon" double precision NOT NULL,
	"label_lat" double precision NOT NULL,
	"geometry" jsonb NOT NULL,
	CONSTRAINT "areas_code_from" UNIQUE("code","valid_from"),
	CONSTRAINT "areas_valid" CHECK ("areas"."valid_to" is null or "areas"."valid_to" >= "areas"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "bulk_rows" (
	"run_id" uuid NOT NULL,
	"report_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"version_after" integer,
	"status" text NOT NULL,
	"refusal" text,
	"inverse" jsonb,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "bulk_rows_run_id_report_id_pk" PRIMARY KEY("run_id","report_id"),
	CONSTRAINT "bulk_rows_state" CHECK ("bulk_rows"."state" in ('awaiting_intake', 'awaiting_acceptance', 'in_progress', 'awaiting_citizen', 'awaiting_approval', 'answered', 'closed', 'rejected', 'merged')),
	CONSTRAINT "bulk_rows_status" CHECK ("bulk_rows"."status" in ('waiting', 'changed', 'skipped', 'failed', 'cancelled', 'undone', 'kept')),
	CONSTRAINT "bulk_rows_settled" CHECK (("bulk_rows"."settled_at" is null) = ("bulk_rows"."status" = 'waiting')),
	CONSTRAINT "bulk_rows_refused" CHECK (("bulk_rows"."refusal" is not null) = ("bulk_rows"."status" in ('skipped', 'failed', 'kept'))),
	CONSTRAINT "bulk_rows_changed" CHECK (("bulk_rows"."version_after" is not null) = ("bulk_rows"."status" in ('changed', 'undone', 'kept')))
);
--> statement-breakpoint
CREATE TABLE "bulk_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"deed" jsonb NOT NULL,
	"state" text NOT NULL,
	"rows" integer NOT NULL,
	"started_by_id" uuid NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"undone_at" timestamp (3) with time zone,
	CONSTRAINT "bulk_runs_state" CHECK ("bulk_runs"."state" in ('running', 'done', 'cancelled', 'undoing', 'undone')),
	CONSTRAINT "bulk_runs_rows" CHECK ("bulk_runs"."rows" between 1 and 5000),
	CONSTRAINT "bulk_runs_finished" CHECK (("bulk_runs"."finished_at" is null) = ("bulk_runs"."state" = 'running'))
);
--> statement-breakpoint
CREATE TABLE "bulletin_alerts" (
	"id" text PRIMARY KEY NOT NULL,
	"bulletin_id" uuid NOT NULL,
	"revision_id" uuid NOT NULL,
	"message_type" text NOT NULL,
	"status" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"follows" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"headline" text NOT NULL,
	"message" jsonb NOT NULL,
	CONSTRAINT "bulletin_alerts_type" CHECK ("bulletin_alerts"."message_type" in ('Alert', 'Update', 'Cancel')),
	CONSTRAINT "bulletin_alerts_status" CHECK ("bulletin_alerts"."status" in ('Actual', 'Exercise', 'Test')),
	CONSTRAINT "bulletin_alerts_follows" CHECK (("bulletin_alerts"."message_type" = 'Alert') = ("bulletin_alerts"."follows" = '[]'::jsonb))
);
--> statement-breakpoint
CREATE TABLE "bulletin_appearances" (
	"position" integer PRIMARY KEY NOT NULL,
	"revision_id" uuid NOT NULL,
	"bulletin_id" uuid NOT NULL,
	"incident_id" uuid,
	"kind" text NOT NULL,
	"area_ids" integer[] NOT NULL,
	"in_english" boolean NOT NULL,
	"appeared_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "bulletin_appearances_revision" UNIQUE("revision_id")
);
--> statement-breakpoint
CREATE TABLE "bulletin_images" (
	"bulletin_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	CONSTRAINT "bulletin_images_bulletin_id_file_id_pk" PRIMARY KEY("bulletin_id","file_id")
);
--> statement-breakpoint
CREATE TABLE "bulletin_numbers" (
	"incident_id" uuid PRIMARY KEY NOT NULL,
	"last" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bulletin_previews" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"bulletin_id" uuid NOT NULL,
	"created_by_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "bulletin_publications" (
	"revision_id" uuid PRIMARY KEY NOT NULL,
	"bulletin_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"incident_id" uuid,
	"is_exercise" boolean NOT NULL,
	"published_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"delay_millis" integer,
	"published_by_id" uuid,
	"approved_by_id" uuid,
	"note" text DEFAULT '' NOT NULL,
	"note_en" text DEFAULT '' NOT NULL,
	CONSTRAINT "bulletin_publications_kind" CHECK ("bulletin_publications"."kind" in ('first', 'minor', 'substantive', 'personal_data'))
);
--> statement-breakpoint
CREATE TABLE "bulletin_readers" (
	"bulletin_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"is_writing" boolean NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "bulletin_readers_bulletin_id_account_id_pk" PRIMARY KEY("bulletin_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "bulletin_remarks" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"bulletin_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"body" text NOT NULL,
	"important" boolean DEFAULT false NOT NULL,
	"resolved_by_id" uuid,
	"resolved_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bulletin_removals" (
	"revision_id" uuid PRIMARY KEY NOT NULL,
	"bulletin_id" uuid NOT NULL,
	"revision_number" integer NOT NULL,
	"former_slug" text,
	"removed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bulletin_revisions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"bulletin_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"editor_id" uuid NOT NULL,
	"editor_for" uuid,
	"content" jsonb NOT NULL,
	"words" integer NOT NULL,
	"auto" boolean DEFAULT false NOT NULL,
	"sealed" boolean DEFAULT false NOT NULL,
	"typo_of_id" uuid,
	"restored_from_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "bulletin_revisions_number" UNIQUE("bulletin_id","number")
);
--> statement-breakpoint
CREATE TABLE "bulletin_schedules" (
	"revision_id" uuid PRIMARY KEY NOT NULL,
	"bulletin_id" uuid NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"scheduled_by_id" uuid NOT NULL,
	"scheduled_at" timestamp (3) with time zone NOT NULL,
	"cancelled_at" timestamp (3) with time zone,
	"published_at" timestamp (3) with time zone,
	CONSTRAINT "bulletin_schedules_end" CHECK ("bulletin_schedules"."published_at" is null or "bulletin_schedules"."cancelled_at" is null)
);
--> statement-breakpoint
CREATE TABLE "bulletins" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"is_exercise" boolean DEFAULT false NOT NULL,
	"incident_id" uuid,
	"number" integer,
	"slug" text,
	"kind" text NOT NULL,
	"severity" text NOT NULL,
	"title" text NOT NULL,
	"is_alert" boolean DEFAULT false NOT NULL,
	"folded" text DEFAULT '' NOT NULL,
	"author_id" uuid NOT NULL,
	"author_for" uuid,
	"last_editor_id" uuid NOT NULL,
	"last_editor_for" uuid,
	"current_revision_id" uuid,
	"submitted_at" timestamp (3) with time zone,
	"reviewer_id" uuid,
	"claimed_at" timestamp (3) with time zone,
	"approved_revision_id" uuid,
	"approved_by_id" uuid,
	"approved_for" uuid,
	"approved_at" timestamp (3) with time zone,
	"reviewed_revision_id" uuid,
	"writer_ids" uuid[] DEFAULT '{}' NOT NULL,
	"acknowledged" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"scheduled_for" timestamp (3) with time zone,
	"published_revision_id" uuid,
	"first_published_at" timestamp (3) with time zone,
	"published_at" timestamp (3) with time zone,
	"changed_at" timestamp (3) with time zone,
	"public_area_ids" integer[] DEFAULT '{}' NOT NULL,
	"public_kind" text,
	"public_from" timestamp (3) with time zone,
	"public_until" timestamp (3) with time zone,
	"public_folded" text DEFAULT '' NOT NULL,
	"correction" jsonb,
	"supersedes_id" uuid,
	"superseded_by_id" uuid,
	"notice" text DEFAULT '' NOT NULL,
	"notice_en" text DEFAULT '' NOT NULL,
	"redirect_to_id" uuid,
	"unreviewed_reason" text,
	"unreviewed_by_id" uuid,
	"needs_look_back" boolean DEFAULT false NOT NULL,
	"looked_back_by_id" uuid,
	"looked_back_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "bulletins_slug" UNIQUE("slug"),
	CONSTRAINT "bulletins_number" UNIQUE("incident_id","number"),
	CONSTRAINT "bulletins_state" CHECK ("bulletins"."state" in ('draft', 'in_review', 'changes_requested', 'approved', 'scheduled', 'published', 'superseded', 'withdrawn', 'unpublished', 'discarded')),
	CONSTRAINT "bulletins_kind" CHECK ("bulletins"."kind" in ('warning', 'road_closed', 'shelter', 'power', 'water', 'health', 'all_clear', 'news', 'policy')),
	CONSTRAINT "bulletins_severity" CHECK ("bulletins"."severity" in ('info', 'advisory', 'warning', 'emergency')),
	CONSTRAINT "bulletins_two_persons" CHECK ("bulletins"."approved_by_id" is null or "bulletins"."is_exercise" or (
        "bulletins"."approved_by_id" not in ("bulletins"."author_id", "bulletins"."last_editor_id")
        and ("bulletins"."approved_for" is null or "bulletins"."approved_for" not in ("bulletins"."author_id", "bulletins"."last_editor_id"))
        and ("bulletins"."author_for" is null or (
          "bulletins"."author_for" is distinct from "bulletins"."approved_by_id" and "bulletins"."author_for" is distinct from "bulletins"."approved_for"))
        and ("bulletins"."last_editor_for" is null or (
          "bulletins"."last_editor_for" is distinct from "bulletins"."approved_by_id" and "bulletins"."last_editor_for" is distinct from "bulletins"."approved_for")))),
	CONSTRAINT "bulletins_approved" CHECK ("bulletins"."state" not in ('approved', 'scheduled') or (
        "bulletins"."approved_by_id" is not null and "bulletins"."approved_revision_id" is not distinct from "bulletins"."current_revision_id")),
	CONSTRAINT "bulletins_discarded" CHECK ("bulletins"."state" <> 'discarded' or "bulletins"."published_revision_id" is null),
	CONSTRAINT "bulletins_scheduled" CHECK (("bulletins"."state" = 'scheduled') = ("bulletins"."scheduled_for" is not null)),
	CONSTRAINT "bulletins_published" CHECK ("bulletins"."state" not in ('published', 'superseded', 'withdrawn', 'unpublished') or "bulletins"."published_revision_id" is not null),
	CONSTRAINT "bulletins_out" CHECK (("bulletins"."published_revision_id" is null) = ("bulletins"."first_published_at" is null)
        and ("bulletins"."published_revision_id" is null or "bulletins"."is_exercise" or "bulletins"."slug" is not null)),
	CONSTRAINT "bulletins_exercise" CHECK (not "bulletins"."is_exercise" or ("bulletins"."number" is null and "bulletins"."slug" is null)),
	CONSTRAINT "bulletins_look_back" CHECK (not "bulletins"."needs_look_back" or ("bulletins"."unreviewed_reason" is not null and "bulletins"."unreviewed_by_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "calendar_days" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"calendar_id" text,
	"date" date NOT NULL,
	"kind" text NOT NULL,
	"intervals" jsonb,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"status" text NOT NULL,
	"swapped_with" date,
	"source" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "calendar_days_date" UNIQUE NULLS NOT DISTINCT("calendar_id","date"),
	CONSTRAINT "calendar_days_kind" CHECK ("calendar_days"."kind" in ('closed', 'working')),
	CONSTRAINT "calendar_days_status" CHECK ("calendar_days"."status" in ('confirmed', 'proposed'))
);
--> statement-breakpoint
CREATE TABLE "calendar_versions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"calendar_id" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"weekly" jsonb NOT NULL,
	CONSTRAINT "calendar_versions_from" UNIQUE("calendar_id","valid_from"),
	CONSTRAINT "calendar_versions_valid" CHECK ("calendar_versions"."valid_to" is null or "calendar_versions"."valid_to" >= "calendar_versions"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "calendars" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"zone" text DEFAULT 'Asia/Ho_Chi_Minh' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "categories" (
	"code" text PRIMARY KEY NOT NULL,
	"parent_code" text,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"default_severity" text DEFAULT 'normal' NOT NULL,
	"intake_minutes" integer DEFAULT 480 NOT NULL,
	"normal_minutes" integer DEFAULT 2400 NOT NULL,
	"urgent_minutes" integer DEFAULT 240 NOT NULL,
	"complex_minutes" integer,
	"lead_agency_id" text,
	"coordinating" text[] DEFAULT '{}' NOT NULL,
	"needs_approval" boolean DEFAULT true NOT NULL,
	"needs_photo" boolean DEFAULT false NOT NULL,
	"is_storm" boolean DEFAULT false NOT NULL,
	"is_public" boolean DEFAULT true NOT NULL,
	"keywords" text[] DEFAULT '{}' NOT NULL,
	"head_after_days" integer DEFAULT 1 NOT NULL,
	"city_after_days" integer DEFAULT 3 NOT NULL,
	"forgotten_after_days" integer DEFAULT 2 NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "categories_severity" CHECK ("categories"."default_severity" in ('urgent', 'normal', 'complex')),
	CONSTRAINT "categories_minutes" CHECK ("categories"."intake_minutes" > 0 and "categories"."normal_minutes" > 0 and "categories"."urgent_minutes" > 0 and coalesce("categories"."complex_minutes", 1) > 0),
	CONSTRAINT "categories_reminders" CHECK ("categories"."head_after_days" >= 1 and "categories"."city_after_days" > "categories"."head_after_days" and "categories"."city_after_days" <= 30 and "categories"."forgotten_after_days" between 1 and 30)
);
--> statement-breakpoint
CREATE TABLE "citizen_links" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"report_id" bigint NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by_id" uuid,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "citizen_links_hash" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"event_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"report_id" bigint NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"channel" text,
	"gateway_id" uuid,
	"tried" text[] DEFAULT '{}' NOT NULL,
	"chosen" text,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"spared" smallint DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"claimed_until" timestamp (3) with time zone,
	"link" text,
	"failure" text,
	"status" text,
	"receipt" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"settled_by_id" uuid,
	"version" smallint DEFAULT 1 NOT NULL,
	CONSTRAINT "deliveries_once" UNIQUE("event_id","kind"),
	CONSTRAINT "deliveries_kind" CHECK ("deliveries"."kind" in ('answer', 'passed_on', 'rejection', 'question', 'notice', 'rating_reminder')),
	CONSTRAINT "deliveries_state" CHECK ("deliveries"."state" in ('waiting', 'queued', 'sent', 'failed', 'letter', 'posted', 'told', 'no_contact', 'cancelled')),
	CONSTRAINT "deliveries_channel" CHECK ("deliveries"."channel" in ('app', 'mail', 'sms', 'zalo', 'letter')),
	CONSTRAINT "deliveries_queued_by" CHECK ("deliveries"."state" <> 'queued' or "deliveries"."gateway_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "delivery_attempts" (
	"id" bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "delivery_attempts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"delivery_id" uuid NOT NULL,
	"gateway_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"outcome" text,
	"failure" text,
	"status" text,
	"receipt" text,
	"reported" text,
	CONSTRAINT "delivery_attempts_outcome" CHECK ("delivery_attempts"."outcome" in ('accepted', 'temporary', 'permanent', 'unsure')),
	CONSTRAINT "delivery_attempts_reported" CHECK ("delivery_attempts"."reported" in ('delivered', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "gateways" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"client_id" uuid,
	"address" text DEFAULT '' NOT NULL,
	"method" text DEFAULT 'POST' NOT NULL,
	"format" text DEFAULT 'json' NOT NULL,
	"headers" text DEFAULT '' NOT NULL,
	"body" text DEFAULT '' NOT NULL,
	"accepted_field" text DEFAULT '' NOT NULL,
	"accepted_value" text DEFAULT '' NOT NULL,
	"refused_values" text DEFAULT '' NOT NULL,
	"receipt_field" text DEFAULT '' NOT NULL,
	"receipt_hash" text,
	"receipt_number_field" text DEFAULT '' NOT NULL,
	"receipt_state_field" text DEFAULT '' NOT NULL,
	"delivered_values" text DEFAULT '' NOT NULL,
	"undelivered_values" text DEFAULT '' NOT NULL,
	"secret" text,
	"named_secrets" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"without_accents" boolean DEFAULT true NOT NULL,
	"per_minute" smallint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"paused_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone,
	"last_accepted_at" timestamp (3) with time zone,
	"last_failed_at" timestamp (3) with time zone,
	"last_failure" text,
	"closed_until" timestamp (3) with time zone,
	"version" smallint DEFAULT 1 NOT NULL,
	CONSTRAINT "gateways_kind" CHECK ("gateways"."kind" in ('app', 'mail', 'sms', 'zalo')),
	CONSTRAINT "gateways_method" CHECK ("gateways"."method" in ('POST', 'GET')),
	CONSTRAINT "gateways_format" CHECK ("gateways"."format" in ('json', 'form')),
	CONSTRAINT "gateways_client" CHECK (("gateways"."kind" = 'app') = ("gateways"."client_id" is not null)),
	CONSTRAINT "gateways_address" CHECK (("gateways"."kind" = 'mail') = ("gateways"."address" = '')),
	CONSTRAINT "gateways_per_minute" CHECK ("gateways"."per_minute" > 0)
);
--> statement-breakpoint
CREATE TABLE "disclosed_reporters" (
	"disclosure_id" bigint NOT NULL,
	"report_id" bigint NOT NULL,
	CONSTRAINT "disclosed_reporters_disclosure_id_report_id_pk" PRIMARY KEY("disclosure_id","report_id")
);
--> statement-breakpoint
CREATE TABLE "disclosures" (
	"id" bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "disclosures_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"account_id" uuid NOT NULL,
	"on_behalf_of" uuid,
	"session_id" uuid,
	"purpose" text NOT NULL,
	"reason" text NOT NULL,
	"sought" text,
	"persons" integer NOT NULL,
	"request_id" text,
	"ip" text,
	CONSTRAINT "disclosures_purpose" CHECK ("disclosures"."purpose" in ('reveal', 'phone_search', 'original_photo', 'export')),
	CONSTRAINT "disclosures_sought" CHECK (("disclosures"."purpose" = 'phone_search') = ("disclosures"."sought" is not null))
);
--> statement-breakpoint
CREATE TABLE "report_drafts" (
	"account_id" uuid NOT NULL,
	"report_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"value" jsonb NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"shared_at" timestamp (3) with time zone,
	"agency_id" text,
	CONSTRAINT "report_drafts_account_id_report_id_kind_pk" PRIMARY KEY("account_id","report_id","kind"),
	CONSTRAINT "report_drafts_kind" CHECK ("report_drafts"."kind" in ('answer', 'note'))
);
--> statement-breakpoint
CREATE TABLE "event_seals" (
	"day" text PRIMARY KEY NOT NULL,
	"first_id" bigint,
	"last_id" bigint,
	"events" integer NOT NULL,
	"digest" text NOT NULL,
	"previous_digest" text NOT NULL,
	"sealed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now(),
	"event" text NOT NULL,
	"subject_kind" text NOT NULL,
	"report_id" bigint,
	"subject_id" text,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"on_behalf_of" uuid,
	"agency_id" text,
	"from_state" text,
	"to_state" text,
	"version" integer,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"request_id" text,
	"ip" text,
	CONSTRAINT "events_actor_kind" CHECK ("events"."actor_kind" in ('staff', 'citizen', 'robot', 'import', 'api_client')),
	CONSTRAINT "events_subject_kind" CHECK ("events"."subject_kind" in ('report', 'account', 'network', 'agency', 'calendar', 'category', 'incident', 'bulletin', 'annotation', 'target', 'export', 'bulk', 'mailing', 'answer_template', 'disclosure', 'saved_view', 'import', 'api_client', 'gateway', 'webhook', 'setting')),
	CONSTRAINT "events_subject" CHECK (("events"."subject_kind" = 'report') = ("events"."report_id" is not null)),
	CONSTRAINT "events_staff" CHECK ("events"."actor_kind" <> 'staff' or "events"."actor_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "explanation_reports" (
	"explanation_id" uuid NOT NULL,
	"report_id" bigint NOT NULL,
	CONSTRAINT "explanation_reports_explanation_id_report_id_pk" PRIMARY KEY("explanation_id","report_id")
);
--> statement-breakpoint
CREATE TABLE "explanations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"due_on" date NOT NULL,
	"words" text NOT NULL,
	"reports" integer NOT NULL,
	"answer" text,
	"answered_by_id" uuid,
	"answered_at" timestamp (3) with time zone,
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "explanations_reports" CHECK ("explanations"."reports" > 0),
	CONSTRAINT "explanations_lengths" CHECK (length("explanations"."words") <= 500
        and length("explanations"."answer") between 1 and 4000),
	CONSTRAINT "explanations_answered_whole" CHECK (num_nonnulls("explanations"."answer", "explanations"."answered_by_id", "explanations"."answered_at") in (0, 3)),
	CONSTRAINT "explanations_ended_once" CHECK ("explanations"."answered_at" is null or "explanations"."withdrawn_at" is null)
);
--> statement-breakpoint
CREATE TABLE "answer_batch_recipients" (
	"batch_id" uuid NOT NULL,
	"report_id" bigint NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"refusal" text,
	"answer_id" uuid,
	"message_id" uuid,
	"via_report_id" bigint,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "answer_batch_recipients_batch_id_report_id_pk" PRIMARY KEY("batch_id","report_id"),
	CONSTRAINT "answer_batch_recipients_status" CHECK ("answer_batch_recipients"."status" in ('waiting', 'answered', 'submitted', 'noticed', 'covered', 'skipped', 'failed', 'cancelled')),
	CONSTRAINT "answer_batch_recipients_settled" CHECK (("answer_batch_recipients"."settled_at" is null) = ("answer_batch_recipients"."status" = 'waiting')),
	CONSTRAINT "answer_batch_recipients_noticed" CHECK ("answer_batch_recipients"."status" <> 'noticed' or "answer_batch_recipients"."message_id" is not null),
	CONSTRAINT "answer_batch_recipients_covered" CHECK (("answer_batch_recipients"."via_report_id" is not null) >= ("answer_batch_recipients"."status" = 'covered')),
	CONSTRAINT "answer_batch_recipients_answered" CHECK (("answer_batch_recipients"."answer_id" is not null) = ("answer_batch_recipients"."status" in ('answered', 'submitted')))
);
--> statement-breakpoint
CREATE TABLE "incident_suggestions" (
	"report_id" bigint NOT NULL,
	"incident_id" uuid NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"sub_type" text,
	"keywords" text[] DEFAULT '{}' NOT NULL,
	"suggested_at" timestamp (3) with time zone NOT NULL,
	"decided_by_id" uuid,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "incident_suggestions_report_id_incident_id_pk" PRIMARY KEY("report_id","incident_id"),
	CONSTRAINT "incident_suggestions_status" CHECK ("incident_suggestions"."status" in ('pending', 'confirmed', 'dismissed')),
	CONSTRAINT "incident_suggestions_reason" CHECK ("incident_suggestions"."sub_type" is not null or cardinality("incident_suggestions"."keywords") > 0),
	CONSTRAINT "incident_suggestions_decided" CHECK (("incident_suggestions"."decided_at" is null) = ("incident_suggestions"."status" = 'pending'))
);
--> statement-breakpoint
CREATE TABLE "incident_areas" (
	"incident_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	CONSTRAINT "incident_areas_incident_id_area_id_pk" PRIMARY KEY("incident_id","area_id")
);
--> statement-breakpoint
CREATE TABLE "incident_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone,
	"lead_agency_id" text,
	"storm_mode" boolean DEFAULT false NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"sub_types" text[] DEFAULT '{}' NOT NULL,
	"keywords" text[] DEFAULT '{}' NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "incidents_kind" CHECK ("incidents"."kind" in ('storm', 'flood', 'heat', 'fire', 'epidemic', 'outage', 'event', 'other')),
	CONSTRAINT "incidents_closed" CHECK ("incidents"."closed_at" is null or ("incidents"."ends_at" is not null and not "incidents"."storm_mode")),
	CONSTRAINT "incidents_span" CHECK ("incidents"."ends_at" is null or "incidents"."ends_at" >= "incidents"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "fact_checks" (
	"id" bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "fact_checks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"compared" integer NOT NULL,
	"failed" integer NOT NULL,
	"report_ids" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "figure_sums" (
	"slice" text NOT NULL,
	"level" text NOT NULL,
	"first_day" date NOT NULL,
	"sums" text NOT NULL,
	"settled" jsonb,
	CONSTRAINT "figure_sums_slice_level_first_day_pk" PRIMARY KEY("slice","level","first_day")
);
--> statement-breakpoint
CREATE TABLE "report_closes" (
	"report_id" bigint NOT NULL,
	"number" smallint NOT NULL,
	"valid_from" timestamp(3) with time zone DEFAULT '-infinity' NOT NULL,
	"valid_to" timestamp(3) with time zone DEFAULT 'infinity' NOT NULL,
	"known_at" timestamp (3) with time zone,
	"agency_id" text,
	"area_id" integer,
	"category_code" text NOT NULL,
	"channel" text NOT NULL,
	"severity" text NOT NULL,
	"incident_id" uuid,
	"out_spells" "tstzmultirange",
	"at" timestamp (3) with time zone NOT NULL,
	"answered" boolean NOT NULL,
	"minutes" integer NOT NULL,
	"calendar_minutes" integer NOT NULL,
	"reopened_at" timestamp (3) with time zone,
	"reopened_by_citizen" boolean,
	"rating" text,
	"rated_at" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone GENERATED ALWAYS AS (case when valid_to < 'infinity'::timestamptz then valid_to else case when out_spells is null then greatest(at, reopened_at, rated_at, valid_from)
    when out_spells = tstzmultirange(range_merge(out_spells)) then greatest(at, reopened_at, rated_at, valid_from, lower(out_spells), upper(out_spells))
    else 'infinity'::timestamptz end end) STORED,
	CONSTRAINT "report_closes_report_id_number_valid_from_pk" PRIMARY KEY("report_id","number","valid_from")
);
--> statement-breakpoint
CREATE TABLE "report_facts" (
	"report_id" bigint NOT NULL,
	"valid_from" timestamp(3) with time zone DEFAULT '-infinity' NOT NULL,
	"valid_to" timestamp(3) with time zone DEFAULT 'infinity' NOT NULL,
	"known_at" timestamp (3) with time zone,
	"received_at" timestamp (3) with time zone NOT NULL,
	"received_hour" integer NOT NULL,
	"matures_at" timestamp (3) with time zone NOT NULL,
	"agency_id" text,
	"first_agency_id" text,
	"area_id" integer,
	"category_code" text NOT NULL,
	"channel" text NOT NULL,
	"severity" text NOT NULL,
	"incident_id" uuid,
	"out_spells" "tstzmultirange",
	"standing" smallint NOT NULL,
	"standing_at" timestamp (3) with time zone NOT NULL,
	"turns_at" timestamp(3) with time zone[],
	"turns_to" smallint[],
	"first_answer_at" timestamp (3) with time zone,
	"first_answer_minutes" integer,
	"assigned_at" timestamp (3) with time zone,
	"intake_minutes" integer,
	"closes" smallint NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"close_minutes" integer,
	"close_calendar_minutes" integer,
	"agency_changes" smallint NOT NULL,
	"forwarded" boolean NOT NULL,
	"ping_pong" boolean NOT NULL,
	"path" text NOT NULL,
	"path_at" timestamp(3) with time zone[] NOT NULL,
	"settled_at" timestamp (3) with time zone GENERATED ALWAYS AS (case when valid_to < 'infinity'::timestamptz then valid_to else greatest(standing_at, first_answer_at, assigned_at, closed_at, valid_from, path_at[cardinality(path_at)]) end) STORED,
	CONSTRAINT "report_facts_report_id_valid_from_pk" PRIMARY KEY("report_id","valid_from")
);
--> statement-breakpoint
CREATE TABLE "report_stays" (
	"report_id" bigint NOT NULL,
	"number" smallint NOT NULL,
	"valid_from" timestamp(3) with time zone DEFAULT '-infinity' NOT NULL,
	"valid_to" timestamp(3) with time zone DEFAULT 'infinity' NOT NULL,
	"known_at" timestamp (3) with time zone,
	"agency_id" text NOT NULL,
	"area_id" integer,
	"category_code" text NOT NULL,
	"channel" text NOT NULL,
	"severity" text NOT NULL,
	"incident_id" uuid,
	"out_spells" "tstzmultirange",
	"from_at" timestamp (3) with time zone NOT NULL,
	"to_at" timestamp (3) with time zone,
	"minutes" integer,
	"settled_at" timestamp (3) with time zone GENERATED ALWAYS AS (case when valid_to < 'infinity'::timestamptz then valid_to else case when out_spells is null then greatest(to_at, valid_from)
    when out_spells = tstzmultirange(range_merge(out_spells)) then greatest(to_at, valid_from, lower(out_spells), upper(out_spells))
    else 'infinity'::timestamptz end end) STORED,
	CONSTRAINT "report_stays_report_id_number_valid_from_pk" PRIMARY KEY("report_id","number","valid_from")
);
--> statement-breakpoint
CREATE TABLE "report_promises" (
	"report_id" bigint NOT NULL,
	"number" smallint NOT NULL,
	"valid_from" timestamp(3) with time zone DEFAULT '-infinity' NOT NULL,
	"valid_to" timestamp(3) with time zone DEFAULT 'infinity' NOT NULL,
	"known_at" timestamp (3) with time zone,
	"kind" text NOT NULL,
	"agency_id" text,
	"area_id" integer,
	"category_code" text NOT NULL,
	"channel" text NOT NULL,
	"severity" text NOT NULL,
	"incident_id" uuid,
	"out_spells" "tstzmultirange",
	"began_at" timestamp (3) with time zone NOT NULL,
	"first_due_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"done_at" timestamp (3) with time zone,
	"moved_at" timestamp (3) with time zone,
	"level" smallint DEFAULT 0 NOT NULL,
	"settled_at" timestamp (3) with time zone GENERATED ALWAYS AS (case when valid_to < 'infinity'::timestamptz then valid_to else case when out_spells is null then greatest(due_at, first_due_at, done_at, valid_from)
    when out_spells = tstzmultirange(range_merge(out_spells)) then greatest(due_at, first_due_at, done_at, valid_from, lower(out_spells), upper(out_spells))
    else 'infinity'::timestamptz end end) STORED,
	CONSTRAINT "report_promises_report_id_number_valid_from_pk" PRIMARY KEY("report_id","number","valid_from")
);
--> statement-breakpoint
CREATE TABLE "stale_facts" (
	"id" bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "stale_facts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"report_id" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "issued_reports" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"mailing_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"name" text NOT NULL,
	"edition" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"agency_ids" text[],
	"locale" text NOT NULL,
	"schema" smallint NOT NULL,
	"figures" jsonb NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"page" text NOT NULL,
	CONSTRAINT "issued_reports_edition" CHECK ("issued_reports"."edition" in ('daily', 'weekly', 'monthly')),
	CONSTRAINT "issued_reports_agencies" CHECK (cardinality("issued_reports"."agency_ids") > 0),
	CONSTRAINT "issued_reports_size" CHECK (octet_length("issued_reports"."page") + octet_length("issued_reports"."text") + octet_length("issued_reports"."figures"::text)
        <= 2000000)
);
--> statement-breakpoint
CREATE TABLE "mailing_runs" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"mailing_id" uuid NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"incident_id" uuid,
	"is_test" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone,
	"claimed_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"recipient_ids" uuid[] DEFAULT '{}' NOT NULL,
	"sent_to" uuid[] DEFAULT '{}' NOT NULL,
	"handing_to" uuid,
	"unsure" uuid[] DEFAULT '{}' NOT NULL,
	"left_out" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"error" text,
	CONSTRAINT "mailing_runs_state" CHECK ("mailing_runs"."state" in ('waiting', 'running', 'sent', 'skipped', 'unsure', 'failed')),
	CONSTRAINT "mailing_runs_error" CHECK ("mailing_runs"."error" is null or "mailing_runs"."error" in ('unreachable', 'login', 'refused', 'stopped', 'defect'))
);
--> statement-breakpoint
CREATE TABLE "mailings" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"edition" text NOT NULL,
	"day" integer NOT NULL,
	"minute" integer NOT NULL,
	"on_working_days" boolean NOT NULL,
	"skips_empty" boolean NOT NULL,
	"locale" text NOT NULL,
	"attachments" text[] NOT NULL,
	"recipient_ids" uuid[] NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "mailings_edition" CHECK ("mailings"."edition" in ('daily', 'weekly', 'monthly', 'after_incident')),
	CONSTRAINT "mailings_minute" CHECK ("mailings"."minute" between 0 and 1439)
);
--> statement-breakpoint
CREATE TABLE "notification_marks" (
	"event_id" bigint PRIMARY KEY NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"retry_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "notifications_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"report_id" bigint,
	"risk_action_id" uuid,
	"event_id" bigint NOT NULL,
	"actor_id" uuid,
	"shown_at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	"mailed_at" timestamp (3) with time zone,
	CONSTRAINT "notifications_once" UNIQUE("account_id","event_id"),
	CONSTRAINT "notifications_kind" CHECK ("notifications"."kind" in ('assigned', 'taken_over', 'returned', 'sent_back', 'to_approve', 'approved', 'asked', 'decided', 'citizen_replied', 'dissatisfied', 'reopened', 'mentioned', 'watched', 'unscheduled', 'scheduled_again', 'due_soon', 'overdue', 'overdue_day', 'overdue_days', 'forgotten', 'citizen_silent', 'commitment_soon', 'reminded', 'explanation_asked', 'explanation_given', 'explanation_withdrawn')),
	CONSTRAINT "notifications_about" CHECK (case when "notifications"."kind" in ('reminded', 'explanation_asked', 'explanation_given', 'explanation_withdrawn') then "notifications"."report_id" is null and "notifications"."risk_action_id" is not null
        else "notifications"."report_id" is not null and "notifications"."risk_action_id" is null end)
);
--> statement-breakpoint
CREATE TABLE "report_escalations" (
	"report_id" bigint NOT NULL,
	"step" text NOT NULL,
	"about" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_escalations_report_id_step_about_pk" PRIMARY KEY("report_id","step","about"),
	CONSTRAINT "report_escalations_step" CHECK ("report_escalations"."step" in ('due_soon', 'overdue', 'overdue_day', 'overdue_days', 'forgotten', 'citizen_silent', 'commitment_soon'))
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"sha256" text NOT NULL,
	"mime" text NOT NULL,
	"bytes" integer NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"original_key" text NOT NULL,
	"public_key" text NOT NULL,
	"thumb_key" text NOT NULL,
	"purpose" text NOT NULL,
	"owner_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"attached_at" timestamp (3) with time zone,
	CONSTRAINT "files_handle" UNIQUE NULLS NOT DISTINCT("sha256","purpose","owner_id"),
	CONSTRAINT "files_purpose" CHECK ("files"."purpose" in ('report_photo', 'bulletin_image', 'public_copy'))
);
--> statement-breakpoint
CREATE TABLE "job_turns" (
	"job" text PRIMARY KEY NOT NULL,
	"expected_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "job_workers" (
	"worker_id" text PRIMARY KEY NOT NULL,
	"process_id" integer NOT NULL,
	"host" text NOT NULL,
	"beat_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "login_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "presence" (
	"account_id" uuid NOT NULL,
	"tab_id" uuid NOT NULL,
	"report_id" bigint NOT NULL,
	"doing" text NOT NULL,
	"is_unsaved" boolean DEFAULT false NOT NULL,
	"is_idle" boolean DEFAULT false NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "presence_account_id_tab_id_pk" PRIMARY KEY("account_id","tab_id"),
	CONSTRAINT "presence_doing" CHECK ("presence"."doing" in ('viewing', 'writing'))
);
--> statement-breakpoint
CREATE TABLE "publication_copies" (
	"report_id" bigint PRIMARY KEY NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"title" text,
	"body" text,
	"address" text,
	"lon" double precision,
	"lat" double precision,
	"reviewer_id" uuid,
	"reviewer_for" uuid,
	"reviewed_at" timestamp (3) with time zone,
	"published_at" timestamp (3) with time zone,
	"leaves_at" timestamp (3) with time zone,
	"cause" text,
	"has_new_proof" boolean DEFAULT false NOT NULL,
	CONSTRAINT "publication_copies_state" CHECK ("publication_copies"."state" in ('draft', 'published', 'withdrawn')),
	CONSTRAINT "publication_copies_cause" CHECK ("publication_copies"."cause" is null or "publication_copies"."cause" in ('text_changed', 'photos_changed', 'merged', 'rejected')),
	CONSTRAINT "publication_copies_point" CHECK (("publication_copies"."lon" is null) = ("publication_copies"."lat" is null)),
	CONSTRAINT "publication_copies_texts" CHECK (("publication_copies"."title" is null) = ("publication_copies"."body" is null) and ("publication_copies"."title" is null) = ("publication_copies"."address" is null)),
	CONSTRAINT "publication_copies_leaves" CHECK ("publication_copies"."leaves_at" is null or "publication_copies"."state" = 'published'),
	CONSTRAINT "publication_copies_reviewed" CHECK ("publication_copies"."state" <> 'published' or ("publication_copies"."title" is not null and "publication_copies"."reviewer_id" is not null
        and "publication_copies"."reviewed_at" is not null and "publication_copies"."published_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "publication_photos" (
	"report_id" bigint NOT NULL,
	"file_id" uuid NOT NULL,
	"is_shown" boolean NOT NULL,
	"boxes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"copy_file_id" uuid,
	CONSTRAINT "publication_photos_report_id_file_id_pk" PRIMARY KEY("report_id","file_id"),
	CONSTRAINT "publication_photos_copy_drawn" CHECK (case when "publication_photos"."is_shown" then "publication_photos"."copy_file_id" is not null and "publication_photos"."copy_file_id" <> "publication_photos"."file_id"
        else "publication_photos"."copy_file_id" is null and "publication_photos"."boxes" = '[]' end),
	CONSTRAINT "publication_photos_boxes" CHECK (jsonb_typeof("publication_photos"."boxes") = 'array' and jsonb_array_length("publication_photos"."boxes") <= 40
        and jsonb_array_length("publication_photos"."boxes") = jsonb_array_length(jsonb_path_query_array("publication_photos"."boxes", '$[*] ? (@.x >= 0 && @.y >= 0 && @.width > 0 && @.height > 0 && @.x + @.width <= 1 && @.y + @.height <= 1)')))
);
--> statement-breakpoint
CREATE TABLE "report_put_offs" (
	"account_id" uuid NOT NULL,
	"report_id" bigint NOT NULL,
	"put_off_at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_put_offs_account_id_report_id_pk" PRIMARY KEY("account_id","report_id")
);
--> statement-breakpoint
CREATE TABLE "answer_photos" (
	"answer_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	CONSTRAINT "answer_photos_answer_id_file_id_pk" PRIMARY KEY("answer_id","file_id")
);
--> statement-breakpoint
CREATE TABLE "answer_templates" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"use" text NOT NULL,
	"category_code" text,
	"reason" text,
	"outcome" text,
	"body" text NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "answer_templates_use" CHECK ("answer_templates"."use" in ('answer', 'reject', 'ask_citizen')),
	CONSTRAINT "answer_templates_reason" CHECK ("answer_templates"."reason" in ('out_of_scope', 'complaint_or_denunciation', 'state_secret', 'not_own_picture', 'insufficient', 'spam', 'test') and ("answer_templates"."use" = 'reject' or "answer_templates"."reason" is null)),
	CONSTRAINT "answer_templates_outcome" CHECK ("answer_templates"."outcome" in ('fixed', 'temporary', 'planned', 'nothing_found', 'not_ours') and ("answer_templates"."use" = 'answer' or "answer_templates"."outcome" is null))
);
--> statement-breakpoint
CREATE TABLE "note_mentions" (
	"note_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "note_mentions_note_id_account_id_pk" PRIMARY KEY("note_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "report_answers" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"report_id" bigint NOT NULL,
	"round" integer DEFAULT 1 NOT NULL,
	"kind" text DEFAULT 'answer' NOT NULL,
	"status" text NOT NULL,
	"agency_id" text,
	"author_id" uuid NOT NULL,
	"author_for" uuid,
	"is_follow_up" boolean DEFAULT false NOT NULL,
	"what" text NOT NULL,
	"where_done" text DEFAULT '' NOT NULL,
	"when_done" text DEFAULT '' NOT NULL,
	"next" text DEFAULT '' NOT NULL,
	"outcome" text,
	"planned_for" date,
	"referred_to" text DEFAULT '' NOT NULL,
	"remarks" text,
	"reviewer_id" uuid,
	"reviewer_for" uuid,
	"sole_account" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"reviewed_at" timestamp (3) with time zone,
	"send_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"batch_id" uuid,
	CONSTRAINT "report_answers_kind" CHECK ("report_answers"."kind" in ('answer', 'rejection')),
	CONSTRAINT "report_answers_status" CHECK ("report_answers"."status" in ('submitted', 'sent_back', 'queued', 'sent', 'withdrawn')),
	CONSTRAINT "report_answers_follow_up" CHECK ("report_answers"."kind" = 'answer' or not "report_answers"."is_follow_up"),
	CONSTRAINT "report_answers_outcome" CHECK (("report_answers"."kind" = 'answer') = ("report_answers"."outcome" is not null) and (
  "report_answers"."outcome" is null or "report_answers"."outcome" in ('fixed', 'temporary', 'planned', 'nothing_found', 'not_ours', 'not_stated'))
  and (coalesce("report_answers"."outcome", '') = 'planned') = ("report_answers"."planned_for" is not null)
  and (coalesce("report_answers"."outcome", '') = 'not_ours') = ("report_answers"."referred_to" <> '')),
	CONSTRAINT "report_answers_two_persons" CHECK ("report_answers"."reviewer_id" is null or "report_answers"."sole_account" or (
        "report_answers"."author_id" is distinct from "report_answers"."reviewer_id" and "report_answers"."author_id" is distinct from "report_answers"."reviewer_for"
        and ("report_answers"."author_for" is null or (
          "report_answers"."author_for" is distinct from "report_answers"."reviewer_id" and "report_answers"."author_for" is distinct from "report_answers"."reviewer_for"))))
);
--> statement-breakpoint
CREATE TABLE "report_cells" (
	"cell" bigint NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"report_id" bigint NOT NULL,
	CONSTRAINT "report_cells_cell_received_at_report_id_pk" PRIMARY KEY("cell","received_at","report_id")
);
--> statement-breakpoint
CREATE TABLE "report_clocks" (
	"id" bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "report_clocks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"report_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"round" integer DEFAULT 1 NOT NULL,
	"calendar_id" text NOT NULL,
	"time" text DEFAULT 'working' NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"target_minutes" integer NOT NULL,
	"pauses" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"spells" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"extended_minutes" integer DEFAULT 0 NOT NULL,
	"first_due_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"stopped_at" timestamp (3) with time zone,
	CONSTRAINT "report_clocks_round" UNIQUE("report_id","kind","round"),
	CONSTRAINT "report_clocks_kind" CHECK ("report_clocks"."kind" in ('intake', 'resolution')),
	CONSTRAINT "report_clocks_time" CHECK ("report_clocks"."time" in ('working', 'always')),
	CONSTRAINT "report_clocks_target" CHECK ("report_clocks"."target_minutes" > 0)
);
--> statement-breakpoint
CREATE TABLE "report_codes" (
	"day" date PRIMARY KEY NOT NULL,
	"last" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_messages" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"report_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"body" text NOT NULL,
	"author_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_messages_kind" CHECK ("report_messages"."kind" in ('question', 'reply', 'added', 'notice'))
);
--> statement-breakpoint
CREATE TABLE "report_notes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"report_id" bigint NOT NULL,
	"agency_id" text,
	"author_id" uuid NOT NULL,
	"body" text NOT NULL,
	"words" "tsvector" DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_photos" (
	"report_id" bigint NOT NULL,
	"file_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"added_by_id" uuid,
	"added_at" timestamp (3) with time zone NOT NULL,
	"agency_id" text,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "report_photos_report_id_file_id_kind_pk" PRIMARY KEY("report_id","file_id","kind"),
	CONSTRAINT "report_photos_kind" CHECK ("report_photos"."kind" in ('citizen', 'proof', 'staff'))
);
--> statement-breakpoint
CREATE TABLE "report_requests" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"report_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"reason" text NOT NULL,
	"minutes" integer,
	"agency_id" text,
	"answer_id" uuid,
	"asked_by_id" uuid NOT NULL,
	"asked_for" uuid,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"decided_by_id" uuid,
	"decided_at" timestamp (3) with time zone,
	"remarks" text,
	CONSTRAINT "report_requests_kind" CHECK ("report_requests"."kind" in ('extension', 'transfer', 'pause', 'follow_up')),
	CONSTRAINT "report_requests_status" CHECK ("report_requests"."status" in ('pending', 'approved', 'refused', 'withdrawn')),
	CONSTRAINT "report_requests_minutes" CHECK (("report_requests"."kind" = 'extension') = ("report_requests"."minutes" is not null)),
	CONSTRAINT "report_requests_answer" CHECK (("report_requests"."kind" = 'follow_up') = ("report_requests"."answer_id" is not null)),
	CONSTRAINT "report_requests_decided" CHECK (("report_requests"."decided_at" is null) = ("report_requests"."status" = 'pending'))
);
--> statement-breakpoint
CREATE TABLE "report_search" (
	"report_id" bigint PRIMARY KEY NOT NULL,
	"words" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reporters" (
	"report_id" bigint PRIMARY KEY NOT NULL,
	"name" text,
	"phone" text,
	"email" text,
	"address" text
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "reports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"state" text NOT NULL,
	"state_before" text,
	"severity" text NOT NULL,
	"channel" text NOT NULL,
	"category_code" text NOT NULL,
	"area_id" integer,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"address" text DEFAULT '' NOT NULL,
	"lon" double precision,
	"lat" double precision,
	"received_at" timestamp (3) with time zone NOT NULL,
	"matures_at" timestamp (3) with time zone NOT NULL,
	"occurred_at" timestamp (3) with time zone,
	"agency_id" text,
	"held_by" text[] DEFAULT '{}' NOT NULL,
	"assignee_id" uuid,
	"incident_id" uuid,
	"merged_into_id" bigint,
	"merged_count" integer DEFAULT 0 NOT NULL,
	"linked_to_id" bigint,
	"linked_count" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone,
	"soon_at" timestamp (3) with time zone,
	"commitment_due_at" timestamp (3) with time zone,
	"paused_at" timestamp (3) with time zone,
	"due_order" timestamp(3) with time zone GENERATED ALWAYS AS (coalesce(due_at, 'infinity'::timestamptz)) STORED NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"last_activity_at" timestamp (3) with time zone NOT NULL,
	"last_activity_by" text NOT NULL,
	"asked_by_id" uuid,
	"return_count" integer DEFAULT 0 NOT NULL,
	"transfer_count" integer DEFAULT 0 NOT NULL,
	"reopen_count" integer DEFAULT 0 NOT NULL,
	"photo_count" integer DEFAULT 0 NOT NULL,
	"decided_by_id" uuid,
	"released_at" timestamp (3) with time zone,
	"known_to" text[],
	"reject_reason" text,
	"rating" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"source" text NOT NULL,
	"source_key" text NOT NULL,
	CONSTRAINT "reports_code" UNIQUE("code"),
	CONSTRAINT "reports_source" UNIQUE("source","source_key"),
	CONSTRAINT "reports_state" CHECK ("reports"."state" in ('awaiting_intake', 'awaiting_acceptance', 'in_progress', 'awaiting_citizen', 'awaiting_approval', 'answered', 'closed', 'rejected', 'merged')),
	CONSTRAINT "reports_severity" CHECK ("reports"."severity" in ('urgent', 'normal', 'complex')),
	CONSTRAINT "reports_channel" CHECK ("reports"."channel" in ('app', 'hotline', 'web', 'email', 'walk_in', 'open311', 'import')),
	CONSTRAINT "reports_point" CHECK (("reports"."lon" is null) = ("reports"."lat" is null)),
	CONSTRAINT "reports_rejected" CHECK (("reports"."state" = 'rejected') <= ("reports"."reject_reason" is not null)),
	CONSTRAINT "reports_merged" CHECK (("reports"."state" = 'merged') = ("reports"."merged_into_id" is not null)),
	CONSTRAINT "reports_held" CHECK ("reports"."state" not in ('awaiting_acceptance', 'in_progress', 'awaiting_approval') or "reports"."agency_id" is not null),
	CONSTRAINT "reports_not_into_itself" CHECK ("reports"."merged_into_id" <> "reports"."id"),
	CONSTRAINT "reports_not_linked_to_itself" CHECK ("reports"."linked_to_id" <> "reports"."id"),
	CONSTRAINT "reports_stopped" CHECK ("reports"."state" in ('awaiting_intake', 'awaiting_acceptance', 'in_progress', 'awaiting_citizen', 'awaiting_approval') or "reports"."due_at" is null)
);
--> statement-breakpoint
CREATE TABLE "search_renewals" (
	"report_id" bigint PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "risk_actions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"action" text NOT NULL,
	"risk" text NOT NULL,
	"kind" text NOT NULL,
	"agency_id" text NOT NULL,
	"category_code" text,
	"area_id" integer,
	"count" integer NOT NULL,
	"address" text NOT NULL,
	"by_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"day" date GENERATED ALWAYS AS (((at at time zone 'Asia/Ho_Chi_Minh')::date)) STORED NOT NULL,
	CONSTRAINT "risk_actions_action" CHECK ("risk_actions"."action" in ('remind', 'explain')),
	CONSTRAINT "risk_actions_kind" CHECK ("risk_actions"."kind" in ('urgent_overdue', 'urgent_today', 'surge', 'commitments_broken', 'out_of_bounds', 'commitments_today', 'overdue', 'due_today')),
	CONSTRAINT "risk_actions_place" CHECK (("risk_actions"."kind" = 'surge') = ("risk_actions"."category_code" is not null)),
	CONSTRAINT "risk_actions_area" CHECK ("risk_actions"."kind" = 'surge' or "risk_actions"."area_id" is null),
	CONSTRAINT "risk_actions_count" CHECK ("risk_actions"."count" > 0),
	CONSTRAINT "risk_actions_address" CHECK ("risk_actions"."address" like '/reports?%' and length("risk_actions"."address") <= 2000)
);
--> statement-breakpoint
CREATE TABLE "saved_view_pins" (
	"account_id" uuid NOT NULL,
	"view_id" uuid NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "saved_view_pins_account_id_view_id_pk" PRIMARY KEY("account_id","view_id")
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"audience" text NOT NULL,
	"agency_id" text,
	"role" text,
	"address" text NOT NULL,
	"layout" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "saved_views_audience" CHECK ("saved_views"."audience" in ('mine', 'agency', 'role')),
	CONSTRAINT "saved_views_agency" CHECK (("saved_views"."audience" = 'agency') = ("saved_views"."agency_id" is not null)),
	CONSTRAINT "saved_views_role" CHECK (("saved_views"."audience" = 'role') = ("saved_views"."role" is not null))
);
--> statement-breakpoint
CREATE TABLE "scheduled_answers" (
	"report_id" bigint PRIMARY KEY NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"move" text NOT NULL,
	"account_id" uuid NOT NULL,
	"words" jsonb,
	"scheduled_at" timestamp (3) with time zone NOT NULL,
	"send_at" timestamp (3) with time zone NOT NULL,
	"cancelled_in" integer,
	CONSTRAINT "scheduled_answers_move" CHECK ("scheduled_answers"."move" in ('answer', 'approve')),
	CONSTRAINT "scheduled_answers_words" CHECK (("scheduled_answers"."move" = 'answer') = ("scheduled_answers"."words" is not null))
);
--> statement-breakpoint
CREATE TABLE "passkey_challenges" (
	"session_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"challenge" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "passkey_challenges_session_id_purpose_pk" PRIMARY KEY("session_id","purpose"),
	CONSTRAINT "passkey_challenges_purpose" CHECK ("passkey_challenges"."purpose" in ('add', 'show'))
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" text NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] DEFAULT '{}' NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "passkeys_credential" UNIQUE("credential_id")
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "recovery_codes_once" UNIQUE("account_id","code_hash")
);
--> statement-breakpoint
CREATE TABLE "totp_secrets" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"sealed" text,
	"added_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"last_step" bigint,
	"next_sealed" text,
	"next_begun_at" timestamp (3) with time zone,
	"next_session_id" uuid
);
--> statement-breakpoint
CREATE TABLE "targets" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kpi" text NOT NULL,
	"agency_id" text,
	"valid_from" date NOT NULL,
	"value" double precision,
	"band" double precision,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "targets_once" UNIQUE NULLS NOT DISTINCT("kpi","agency_id","valid_from"),
	CONSTRAINT "targets_kpi" CHECK ("targets"."kpi" in ('handled', 'on_time', 'intake_on_time', 'clearance', 'first_answer_median', 'first_answer_p90', 'close_median', 'close_p90', 'backlog', 'reopened', 'satisfaction')),
	CONSTRAINT "targets_value" CHECK ("targets"."value" >= 0 and "targets"."band" >= 0)
);
--> statement-breakpoint
CREATE TABLE "usage_days" (
	"client_id" uuid NOT NULL,
	"day" date NOT NULL,
	"accounts" bigint NOT NULL,
	"visits" bigint NOT NULL,
	"reported_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "usage_days_client_id_day_pk" PRIMARY KEY("client_id","day"),
	CONSTRAINT "usage_days_counts" CHECK ("usage_days"."accounts" >= 0 and "usage_days"."visits" >= 0)
);
--> statement-breakpoint
CREATE TABLE "report_watches" (
	"account_id" uuid NOT NULL,
	"report_id" bigint NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_watches_account_id_report_id_pk" PRIMARY KEY("account_id","report_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_attempts" (
	"id" bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "webhook_attempts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"delivery_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"failure" text,
	"status" integer,
	"answer" text DEFAULT '' NOT NULL,
	"answer_cut" boolean DEFAULT false NOT NULL,
	"millis" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"webhook_id" uuid NOT NULL,
	"event_id" bigint,
	"kind" text NOT NULL,
	"about" text,
	"body" text NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone,
	"claimed_until" timestamp (3) with time zone,
	"delivered_at" timestamp (3) with time zone,
	"failure" text,
	"status" integer,
	CONSTRAINT "webhook_deliveries_once" UNIQUE("webhook_id","event_id","about"),
	CONSTRAINT "webhook_deliveries_state" CHECK ("webhook_deliveries"."state" in ('waiting', 'delivered', 'dead')),
	CONSTRAINT "webhook_deliveries_waiting" CHECK (("webhook_deliveries"."state" = 'waiting') = ("webhook_deliveries"."next_try_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "webhook_marks" (
	"event_id" bigint PRIMARY KEY NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_secrets" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"webhook_id" uuid NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"kinds" text[] NOT NULL,
	"agency_id" text,
	"client_id" uuid,
	"state" text DEFAULT 'active' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by_id" uuid,
	"last_success_at" timestamp (3) with time zone,
	"failing_since" timestamp (3) with time zone,
	"last_failed_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "webhooks_state" CHECK ("webhooks"."state" in ('active', 'paused', 'disabled', 'ended'))
);
--> statement-breakpoint
ALTER TABLE "account_roles" ADD CONSTRAINT "account_roles_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_roles" ADD CONSTRAINT "account_roles_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_links" ADD CONSTRAINT "password_links_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_links" ADD CONSTRAINT "password_links_created_by_accounts_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "substitutions" ADD CONSTRAINT "substitutions_holder_id_accounts_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "substitutions" ADD CONSTRAINT "substitutions_stand_in_id_accounts_id_fk" FOREIGN KEY ("stand_in_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "substitutions" ADD CONSTRAINT "substitutions_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "substitutions" ADD CONSTRAINT "substitutions_created_by_id_accounts_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "substitutions" ADD CONSTRAINT "substitutions_revoked_by_id_accounts_id_fk" FOREIGN KEY ("revoked_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agencies" ADD CONSTRAINT "agencies_parent_id_agencies_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agencies" ADD CONSTRAINT "agencies_successor_id_agencies_id_fk" FOREIGN KEY ("successor_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agencies" ADD CONSTRAINT "agencies_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotations" ADD CONSTRAINT "annotations_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD CONSTRAINT "answer_batches_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD CONSTRAINT "answer_batches_author_id_accounts_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD CONSTRAINT "answer_batches_author_for_accounts_id_fk" FOREIGN KEY ("author_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD CONSTRAINT "answer_batches_reviewer_id_accounts_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD CONSTRAINT "answer_batches_reviewer_for_accounts_id_fk" FOREIGN KEY ("reviewer_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batches" ADD CONSTRAINT "answer_batches_follows_id_answer_batches_id_fk" FOREIGN KEY ("follows_id") REFERENCES "public"."answer_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_client_days" ADD CONSTRAINT "api_client_days_client_id_api_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."api_clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_created_by_id_accounts_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_client_id_api_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."api_clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_run_id_bulk_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."bulk_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_runs" ADD CONSTRAINT "bulk_runs_started_by_id_accounts_id_fk" FOREIGN KEY ("started_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_alerts" ADD CONSTRAINT "bulletin_alerts_bulletin_id_bulletins_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_alerts" ADD CONSTRAINT "bulletin_alerts_revision_id_bulletin_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."bulletin_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_appearances" ADD CONSTRAINT "bulletin_appearances_revision_id_bulletin_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."bulletin_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_appearances" ADD CONSTRAINT "bulletin_appearances_bulletin_id_bulletins_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_appearances" ADD CONSTRAINT "bulletin_appearances_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_images" ADD CONSTRAINT "bulletin_images_bulletin_id_bulletins_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_images" ADD CONSTRAINT "bulletin_images_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_numbers" ADD CONSTRAINT "bulletin_numbers_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_previews" ADD CONSTRAINT "bulletin_previews_bulletin_id_bulletins_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_previews" ADD CONSTRAINT "bulletin_previews_created_by_id_accounts_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_publications" ADD CONSTRAINT "bulletin_publications_revision_id_bulletin_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."bulletin_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_publications" ADD CONSTRAINT "bulletin_publications_bulletin_id_bulletins_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_publications" ADD CONSTRAINT "bulletin_publications_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_publications" ADD CONSTRAINT "bulletin_publications_published_by_id_accounts_id_fk" FOREIGN KEY ("published_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_publications" ADD CONSTRAINT "bulletin_publications_approved_by_id_accounts_id_fk" FOREIGN KEY ("approved_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_readers" ADD CONSTRAINT "bulletin_readers_bulletin_id_bulletins_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_readers" ADD CONSTRAINT "bulletin_readers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_remarks" ADD CONSTRAINT "bulletin_remarks_bulletin_id_bulletins_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_remarks" ADD CONSTRAINT "bulletin_remarks_author_id_accounts_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_remarks" ADD CONSTRAINT "bulletin_remarks_resolved_by_id_accounts_id_fk" FOREIGN KEY ("resolved_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_removals" ADD CONSTRAINT "bulletin_removals_revision_id_bulletin_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."bulletin_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_removals" ADD CONSTRAINT "bulletin_removals_bulletin_id_bulletins_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_revisions" ADD CONSTRAINT "bulletin_revisions_bulletin_id_bulletins_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_revisions" ADD CONSTRAINT "bulletin_revisions_editor_id_accounts_id_fk" FOREIGN KEY ("editor_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_revisions" ADD CONSTRAINT "bulletin_revisions_editor_for_accounts_id_fk" FOREIGN KEY ("editor_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_revisions" ADD CONSTRAINT "bulletin_revisions_typo_of_id_bulletin_revisions_id_fk" FOREIGN KEY ("typo_of_id") REFERENCES "public"."bulletin_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_revisions" ADD CONSTRAINT "bulletin_revisions_restored_from_id_bulletin_revisions_id_fk" FOREIGN KEY ("restored_from_id") REFERENCES "public"."bulletin_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_schedules" ADD CONSTRAINT "bulletin_schedules_revision_id_bulletin_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."bulletin_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_schedules" ADD CONSTRAINT "bulletin_schedules_bulletin_id_bulletins_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_schedules" ADD CONSTRAINT "bulletin_schedules_scheduled_by_id_accounts_id_fk" FOREIGN KEY ("scheduled_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_author_id_accounts_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_author_for_accounts_id_fk" FOREIGN KEY ("author_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_last_editor_id_accounts_id_fk" FOREIGN KEY ("last_editor_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_last_editor_for_accounts_id_fk" FOREIGN KEY ("last_editor_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_current_revision_id_bulletin_revisions_id_fk" FOREIGN KEY ("current_revision_id") REFERENCES "public"."bulletin_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_reviewer_id_accounts_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_approved_revision_id_bulletin_revisions_id_fk" FOREIGN KEY ("approved_revision_id") REFERENCES "public"."bulletin_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_approved_by_id_accounts_id_fk" FOREIGN KEY ("approved_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_approved_for_accounts_id_fk" FOREIGN KEY ("approved_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_reviewed_revision_id_bulletin_revisions_id_fk" FOREIGN KEY ("reviewed_revision_id") REFERENCES "public"."bulletin_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_published_revision_id_bulletin_revisions_id_fk" FOREIGN KEY ("published_revision_id") REFERENCES "public"."bulletin_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_supersedes_id_bulletins_id_fk" FOREIGN KEY ("supersedes_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_superseded_by_id_bulletins_id_fk" FOREIGN KEY ("superseded_by_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_redirect_to_id_bulletins_id_fk" FOREIGN KEY ("redirect_to_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_unreviewed_by_id_accounts_id_fk" FOREIGN KEY ("unreviewed_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_looked_back_by_id_accounts_id_fk" FOREIGN KEY ("looked_back_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_days" ADD CONSTRAINT "calendar_days_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_versions" ADD CONSTRAINT "calendar_versions_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "categories" ADD CONSTRAINT "categories_parent_code_categories_code_fk" FOREIGN KEY ("parent_code") REFERENCES "public"."categories"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "categories" ADD CONSTRAINT "categories_lead_agency_id_agencies_id_fk" FOREIGN KEY ("lead_agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citizen_links" ADD CONSTRAINT "citizen_links_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citizen_links" ADD CONSTRAINT "citizen_links_created_by_id_accounts_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_gateway_id_gateways_id_fk" FOREIGN KEY ("gateway_id") REFERENCES "public"."gateways"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_settled_by_id_accounts_id_fk" FOREIGN KEY ("settled_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_gateway_id_gateways_id_fk" FOREIGN KEY ("gateway_id") REFERENCES "public"."gateways"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gateways" ADD CONSTRAINT "gateways_client_id_api_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."api_clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disclosed_reporters" ADD CONSTRAINT "disclosed_reporters_disclosure_id_disclosures_id_fk" FOREIGN KEY ("disclosure_id") REFERENCES "public"."disclosures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disclosures" ADD CONSTRAINT "disclosures_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_drafts" ADD CONSTRAINT "report_drafts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_drafts" ADD CONSTRAINT "report_drafts_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_drafts" ADD CONSTRAINT "report_drafts_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "explanation_reports" ADD CONSTRAINT "explanation_reports_explanation_id_explanations_id_fk" FOREIGN KEY ("explanation_id") REFERENCES "public"."explanations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "explanation_reports" ADD CONSTRAINT "explanation_reports_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "explanations" ADD CONSTRAINT "explanations_id_risk_actions_id_fk" FOREIGN KEY ("id") REFERENCES "public"."risk_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "explanations" ADD CONSTRAINT "explanations_answered_by_id_accounts_id_fk" FOREIGN KEY ("answered_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batch_recipients" ADD CONSTRAINT "answer_batch_recipients_batch_id_answer_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."answer_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batch_recipients" ADD CONSTRAINT "answer_batch_recipients_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batch_recipients" ADD CONSTRAINT "answer_batch_recipients_answer_id_report_answers_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."report_answers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batch_recipients" ADD CONSTRAINT "answer_batch_recipients_message_id_report_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."report_messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_batch_recipients" ADD CONSTRAINT "answer_batch_recipients_via_report_id_reports_id_fk" FOREIGN KEY ("via_report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_suggestions" ADD CONSTRAINT "incident_suggestions_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_suggestions" ADD CONSTRAINT "incident_suggestions_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_suggestions" ADD CONSTRAINT "incident_suggestions_decided_by_id_accounts_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_areas" ADD CONSTRAINT "incident_areas_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_areas" ADD CONSTRAINT "incident_areas_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_notes" ADD CONSTRAINT "incident_notes_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_notes" ADD CONSTRAINT "incident_notes_author_id_accounts_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_lead_agency_id_agencies_id_fk" FOREIGN KEY ("lead_agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailing_runs" ADD CONSTRAINT "mailing_runs_mailing_id_mailings_id_fk" FOREIGN KEY ("mailing_id") REFERENCES "public"."mailings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailing_runs" ADD CONSTRAINT "mailing_runs_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings" ADD CONSTRAINT "mailings_owner_id_accounts_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_risk_action_id_risk_actions_id_fk" FOREIGN KEY ("risk_action_id") REFERENCES "public"."risk_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_actor_id_accounts_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_escalations" ADD CONSTRAINT "report_escalations_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_owner_id_accounts_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication_copies" ADD CONSTRAINT "publication_copies_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication_copies" ADD CONSTRAINT "publication_copies_reviewer_id_accounts_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication_copies" ADD CONSTRAINT "publication_copies_reviewer_for_accounts_id_fk" FOREIGN KEY ("reviewer_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication_photos" ADD CONSTRAINT "publication_photos_report_id_publication_copies_report_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."publication_copies"("report_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication_photos" ADD CONSTRAINT "publication_photos_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication_photos" ADD CONSTRAINT "publication_photos_copy_file_id_files_id_fk" FOREIGN KEY ("copy_file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_put_offs" ADD CONSTRAINT "report_put_offs_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_put_offs" ADD CONSTRAINT "report_put_offs_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_photos" ADD CONSTRAINT "answer_photos_answer_id_report_answers_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."report_answers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_photos" ADD CONSTRAINT "answer_photos_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_templates" ADD CONSTRAINT "answer_templates_category_code_categories_code_fk" FOREIGN KEY ("category_code") REFERENCES "public"."categories"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_mentions" ADD CONSTRAINT "note_mentions_note_id_report_notes_id_fk" FOREIGN KEY ("note_id") REFERENCES "public"."report_notes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_mentions" ADD CONSTRAINT "note_mentions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_author_id_accounts_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_author_for_accounts_id_fk" FOREIGN KEY ("author_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_reviewer_id_accounts_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_reviewer_for_accounts_id_fk" FOREIGN KEY ("reviewer_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_batch_id_answer_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."answer_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_clocks" ADD CONSTRAINT "report_clocks_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_messages" ADD CONSTRAINT "report_messages_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_messages" ADD CONSTRAINT "report_messages_author_id_accounts_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_notes" ADD CONSTRAINT "report_notes_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_notes" ADD CONSTRAINT "report_notes_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_notes" ADD CONSTRAINT "report_notes_author_id_accounts_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_photos" ADD CONSTRAINT "report_photos_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_photos" ADD CONSTRAINT "report_photos_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_photos" ADD CONSTRAINT "report_photos_added_by_id_accounts_id_fk" FOREIGN KEY ("added_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_photos" ADD CONSTRAINT "report_photos_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_requests" ADD CONSTRAINT "report_requests_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_requests" ADD CONSTRAINT "report_requests_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_requests" ADD CONSTRAINT "report_requests_answer_id_report_answers_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."report_answers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_requests" ADD CONSTRAINT "report_requests_asked_by_id_accounts_id_fk" FOREIGN KEY ("asked_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_requests" ADD CONSTRAINT "report_requests_asked_for_accounts_id_fk" FOREIGN KEY ("asked_for") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_requests" ADD CONSTRAINT "report_requests_decided_by_id_accounts_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_search" ADD CONSTRAINT "report_search_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reporters" ADD CONSTRAINT "reporters_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_category_code_categories_code_fk" FOREIGN KEY ("category_code") REFERENCES "public"."categories"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_assignee_id_accounts_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_merged_into_id_reports_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_linked_to_id_reports_id_fk" FOREIGN KEY ("linked_to_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_asked_by_id_accounts_id_fk" FOREIGN KEY ("asked_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_decided_by_id_accounts_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_renewals" ADD CONSTRAINT "search_renewals_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_actions" ADD CONSTRAINT "risk_actions_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_actions" ADD CONSTRAINT "risk_actions_category_code_categories_code_fk" FOREIGN KEY ("category_code") REFERENCES "public"."categories"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_actions" ADD CONSTRAINT "risk_actions_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_actions" ADD CONSTRAINT "risk_actions_by_id_accounts_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_view_pins" ADD CONSTRAINT "saved_view_pins_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_view_pins" ADD CONSTRAINT "saved_view_pins_view_id_saved_views_id_fk" FOREIGN KEY ("view_id") REFERENCES "public"."saved_views"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_owner_id_accounts_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_answers" ADD CONSTRAINT "scheduled_answers_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_answers" ADD CONSTRAINT "scheduled_answers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp_secrets" ADD CONSTRAINT "totp_secrets_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "targets" ADD CONSTRAINT "targets_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_days" ADD CONSTRAINT "usage_days_client_id_api_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."api_clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_watches" ADD CONSTRAINT "report_watches_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_watches" ADD CONSTRAINT "report_watches_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_delivery_id_webhook_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."webhook_deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_secrets" ADD CONSTRAINT "webhook_secrets_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_client_id_api_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."api_clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_created_by_id_accounts_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_roles_agency" ON "account_roles" USING btree ("agency_id","role");--> statement-breakpoint
CREATE INDEX "accounts_agency" ON "accounts" USING btree ("agency_id");--> statement-breakpoint
CREATE INDEX "sessions_account" ON "sessions" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "substitutions_stand_in" ON "substitutions" USING btree ("stand_in_id","ends_at");--> statement-breakpoint
CREATE INDEX "substitutions_holder" ON "substitutions" USING btree ("holder_id","ends_at");--> statement-breakpoint
CREATE INDEX "agencies_parent" ON "agencies" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "agencies_area_code" ON "agencies" USING btree ("area_code");--> statement-breakpoint
CREATE INDEX "annotations_starts_at" ON "annotations" USING btree ("starts_at");--> statement-breakpoint
CREATE INDEX "answer_batches_incident" ON "answer_batches" USING btree ("incident_id","created_at");--> statement-breakpoint
CREATE INDEX "api_keys_client" ON "api_keys" USING btree ("client_id","created_at");--> statement-breakpoint
CREATE INDEX "bulk_rows_position" ON "bulk_rows" USING btree ("run_id","position");--> statement-breakpoint
CREATE INDEX "bulk_rows_report" ON "bulk_rows" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "bulk_runs_starter" ON "bulk_runs" USING btree ("started_by_id","started_at");--> statement-breakpoint
CREATE INDEX "bulletin_alerts_bulletin" ON "bulletin_alerts" USING btree ("bulletin_id","sent_at");--> statement-breakpoint
CREATE INDEX "bulletin_alerts_follows" ON "bulletin_alerts" USING gin ("follows" jsonb_path_ops) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "bulletin_alerts_sent" ON "bulletin_alerts" USING btree ("sent_at","id") WHERE "bulletin_alerts"."status" = 'Actual';--> statement-breakpoint
CREATE INDEX "bulletin_appearances_bulletin" ON "bulletin_appearances" USING btree ("bulletin_id","position");--> statement-breakpoint
CREATE INDEX "bulletin_images_file" ON "bulletin_images" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "bulletin_previews_bulletin" ON "bulletin_previews" USING btree ("bulletin_id");--> statement-breakpoint
CREATE INDEX "bulletin_publications_bulletin" ON "bulletin_publications" USING btree ("bulletin_id","published_at");--> statement-breakpoint
CREATE INDEX "bulletin_publications_first" ON "bulletin_publications" USING btree ("incident_id","published_at") WHERE "bulletin_publications"."kind" = 'first' and not "bulletin_publications"."is_exercise";--> statement-breakpoint
CREATE INDEX "bulletin_publications_at" ON "bulletin_publications" USING btree ("published_at");--> statement-breakpoint
CREATE INDEX "bulletin_remarks_bulletin" ON "bulletin_remarks" USING btree ("bulletin_id","created_at");--> statement-breakpoint
CREATE INDEX "bulletin_removals_bulletin" ON "bulletin_removals" USING btree ("bulletin_id","revision_number");--> statement-breakpoint
CREATE INDEX "bulletin_removals_slug" ON "bulletin_removals" USING btree ("former_slug");--> statement-breakpoint
CREATE INDEX "bulletin_schedules_due" ON "bulletin_schedules" USING btree ("due_at") WHERE "bulletin_schedules"."published_at" is null and "bulletin_schedules"."cancelled_at" is null;--> statement-breakpoint
CREATE INDEX "bulletin_schedules_bulletin" ON "bulletin_schedules" USING btree ("bulletin_id");--> statement-breakpoint
CREATE INDEX "bulletins_updated" ON "bulletins" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "bulletins_state" ON "bulletins" USING btree ("state","updated_at");--> statement-breakpoint
CREATE INDEX "bulletins_incident" ON "bulletins" USING btree ("incident_id","first_published_at");--> statement-breakpoint
CREATE INDEX "bulletins_public" ON "bulletins" USING btree ("first_published_at","id") WHERE "bulletins"."published_revision_id" is not null and not "bulletins"."is_exercise";--> statement-breakpoint
CREATE INDEX "bulletins_look_back" ON "bulletins" USING btree ("published_at") WHERE "bulletins"."needs_look_back";--> statement-breakpoint
CREATE INDEX "citizen_links_report" ON "citizen_links" USING btree ("report_id","expires_at");--> statement-breakpoint
CREATE INDEX "citizen_links_expires" ON "citizen_links" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("due_at") WHERE "deliveries"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "deliveries_queued" ON "deliveries" USING btree ("gateway_id","due_at") WHERE "deliveries"."state" = 'queued';--> statement-breakpoint
CREATE INDEX "deliveries_work" ON "deliveries" USING btree ("created_at","id") WHERE "deliveries"."state" in ('failed', 'letter');--> statement-breakpoint
CREATE INDEX "deliveries_open" ON "deliveries" USING btree ("state") WHERE "deliveries"."state" in ('waiting', 'queued', 'failed', 'letter');--> statement-breakpoint
CREATE INDEX "deliveries_sent" ON "deliveries" USING btree ("gateway_id","settled_at") WHERE "deliveries"."state" = 'sent';--> statement-breakpoint
CREATE INDEX "deliveries_answered" ON "deliveries" USING btree ("settled_at") WHERE "deliveries"."kind" = 'answer' and "deliveries"."state" in ('sent', 'posted', 'told');--> statement-breakpoint
CREATE INDEX "deliveries_created" ON "deliveries" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "deliveries_report" ON "deliveries" USING btree ("report_id","created_at");--> statement-breakpoint
CREATE INDEX "delivery_attempts_receipt" ON "delivery_attempts" USING btree ("gateway_id","receipt") WHERE "delivery_attempts"."receipt" is not null;--> statement-breakpoint
CREATE INDEX "delivery_attempts_delivery" ON "delivery_attempts" USING btree ("delivery_id","at");--> statement-breakpoint
CREATE INDEX "delivery_attempts_gateway" ON "delivery_attempts" USING btree ("gateway_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "gateways_one" ON "gateways" USING btree ("kind",coalesce("client_id"::text, '')) WHERE "gateways"."removed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "gateways_receipt_hash" ON "gateways" USING btree ("receipt_hash");--> statement-breakpoint
CREATE INDEX "disclosed_reporters_report" ON "disclosed_reporters" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "disclosures_at" ON "disclosures" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "disclosures_account" ON "disclosures" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "report_drafts_shared" ON "report_drafts" USING btree ("report_id") WHERE "report_drafts"."shared_at" is not null;--> statement-breakpoint
CREATE INDEX "report_drafts_saved" ON "report_drafts" USING btree ("saved_at");--> statement-breakpoint
CREATE INDEX "events_report" ON "events" USING btree ("report_id","id") WHERE "events"."report_id" is not null;--> statement-breakpoint
CREATE INDEX "events_subject" ON "events" USING btree ("subject_kind","subject_id","id") WHERE "events"."report_id" is null;--> statement-breakpoint
CREATE INDEX "events_at" ON "events" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "events_late" ON "events" USING gist (tstzrange(least(at, recorded_at), recorded_at)) WHERE recorded_at > at and "events"."report_id" is not null;--> statement-breakpoint
CREATE INDEX "events_undoing" ON "events" USING btree ("at") WHERE ("events"."details" ? 'undoes' or "events"."event" = 'report.answer_withdrawn') and "events"."report_id" is not null;--> statement-breakpoint
CREATE INDEX "events_actor" ON "events" USING btree ("actor_id","id") WHERE "events"."actor_id" is not null;--> statement-breakpoint
CREATE INDEX "explanations_shown" ON "explanations" USING btree (coalesce("answered_at", 'infinity')) WHERE "explanations"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "answer_batch_recipients_waiting" ON "answer_batch_recipients" USING btree ("batch_id","report_id") WHERE "answer_batch_recipients"."status" = 'waiting';--> statement-breakpoint
CREATE INDEX "answer_batch_recipients_report" ON "answer_batch_recipients" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "incident_suggestions_pending" ON "incident_suggestions" USING btree ("incident_id","report_id") WHERE "incident_suggestions"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "incident_areas_area" ON "incident_areas" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "incident_notes_incident" ON "incident_notes" USING btree ("incident_id","created_at");--> statement-breakpoint
CREATE INDEX "figure_sums_day" ON "figure_sums" USING btree ("first_day");--> statement-breakpoint
CREATE INDEX "report_closes_at" ON "report_closes" USING btree ("at","settled_at");--> statement-breakpoint
CREATE INDEX "report_closes_again" ON "report_closes" USING btree ("at","report_id","number","reopened_at","reopened_by_citizen","answered","rating","rated_at","agency_id","category_code","area_id","channel","severity","incident_id","out_spells","valid_from","valid_to") WHERE "report_closes"."number" > 1 or "report_closes"."reopened_at" is not null;--> statement-breakpoint
CREATE INDEX "report_closes_agency" ON "report_closes" USING btree ("agency_id","at");--> statement-breakpoint
CREATE INDEX "report_closes_category" ON "report_closes" USING btree ("category_code","at");--> statement-breakpoint
CREATE INDEX "report_closes_reopened" ON "report_closes" USING btree ("reopened_at") WHERE "report_closes"."reopened_at" is not null;--> statement-breakpoint
CREATE INDEX "report_closes_incident" ON "report_closes" USING btree ("incident_id") WHERE "report_closes"."incident_id" is not null;--> statement-breakpoint
CREATE INDEX "report_closes_lasting" ON "report_closes" USING btree ("settled_at") WHERE settled_at - at >= interval '60 days';--> statement-breakpoint
CREATE INDEX "report_closes_known" ON "report_closes" USING btree ("known_at") WHERE "report_closes"."known_at" is not null;--> statement-breakpoint
CREATE INDEX "report_facts_received" ON "report_facts" USING btree ("received_at","settled_at");--> statement-breakpoint
CREATE INDEX "report_facts_agency" ON "report_facts" USING btree ("agency_id","received_at");--> statement-breakpoint
CREATE INDEX "report_facts_category" ON "report_facts" USING btree ("category_code","received_at");--> statement-breakpoint
CREATE INDEX "report_facts_area" ON "report_facts" USING btree ("area_id","received_at");--> statement-breakpoint
CREATE INDEX "report_facts_incident" ON "report_facts" USING btree ("incident_id","received_at") WHERE "report_facts"."incident_id" is not null;--> statement-breakpoint
CREATE INDEX "report_facts_open" ON "report_facts" USING btree ("received_at") WHERE "report_facts"."standing" <= 2 and "report_facts"."valid_to" = 'infinity';--> statement-breakpoint
CREATE INDEX "report_facts_settled" ON "report_facts" USING btree ("settled_at");--> statement-breakpoint
CREATE INDEX "report_facts_lasting" ON "report_facts" USING btree ("settled_at") WHERE settled_at - received_at >= interval '60 days';--> statement-breakpoint
CREATE INDEX "report_facts_known" ON "report_facts" USING btree ("known_at") WHERE "report_facts"."known_at" is not null;--> statement-breakpoint
CREATE INDEX "report_facts_matures" ON "report_facts" USING btree ("matures_at","received_at");--> statement-breakpoint
CREATE INDEX "report_facts_matures_late" ON "report_facts" USING btree ("matures_at") WHERE "report_facts"."matures_at" - "report_facts"."received_at" >= interval '30 days';--> statement-breakpoint
CREATE INDEX "report_stays_to" ON "report_stays" USING btree ("to_at","settled_at");--> statement-breakpoint
CREATE INDEX "report_stays_agency" ON "report_stays" USING btree ("agency_id","to_at");--> statement-breakpoint
CREATE INDEX "report_stays_category" ON "report_stays" USING btree ("category_code","to_at");--> statement-breakpoint
CREATE INDEX "report_stays_incident" ON "report_stays" USING btree ("incident_id") WHERE "report_stays"."incident_id" is not null;--> statement-breakpoint
CREATE INDEX "report_stays_lasting" ON "report_stays" USING btree ("settled_at") WHERE settled_at - to_at >= interval '60 days';--> statement-breakpoint
CREATE INDEX "report_stays_known" ON "report_stays" USING btree ("known_at") WHERE "report_stays"."known_at" is not null;--> statement-breakpoint
CREATE INDEX "report_promises_due" ON "report_promises" USING btree ("kind","due_at","settled_at");--> statement-breakpoint
CREATE INDEX "report_promises_first_due" ON "report_promises" USING btree ("kind","first_due_at","settled_at");--> statement-breakpoint
CREATE INDEX "report_promises_agency" ON "report_promises" USING btree ("agency_id","due_at");--> statement-breakpoint
CREATE INDEX "report_promises_agency_first" ON "report_promises" USING btree ("agency_id","first_due_at");--> statement-breakpoint
CREATE INDEX "report_promises_category" ON "report_promises" USING btree ("category_code","due_at");--> statement-breakpoint
CREATE INDEX "report_promises_category_first" ON "report_promises" USING btree ("category_code","first_due_at");--> statement-breakpoint
CREATE INDEX "report_promises_extended" ON "report_promises" USING btree ("kind","due_at","out_spells") WHERE "report_promises"."due_at" > "report_promises"."first_due_at";--> statement-breakpoint
CREATE INDEX "report_promises_incident" ON "report_promises" USING btree ("incident_id") WHERE "report_promises"."incident_id" is not null;--> statement-breakpoint
CREATE INDEX "report_promises_lasting" ON "report_promises" USING btree ("settled_at") WHERE settled_at - due_at >= interval '60 days';--> statement-breakpoint
CREATE INDEX "report_promises_first_lasting" ON "report_promises" USING btree ("settled_at") WHERE settled_at - first_due_at >= interval '60 days';--> statement-breakpoint
CREATE INDEX "report_promises_known" ON "report_promises" USING btree ("known_at") WHERE "report_promises"."known_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "issued_reports_once" ON "issued_reports" USING btree ("run_id",coalesce("agency_ids", '{}'));--> statement-breakpoint
CREATE INDEX "issued_reports_at" ON "issued_reports" USING btree ("issued_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "mailing_runs_once" ON "mailing_runs" USING btree ("mailing_id","due_at") WHERE not "mailing_runs"."is_test" and "mailing_runs"."incident_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "mailing_runs_once_an_incident" ON "mailing_runs" USING btree ("mailing_id","incident_id") WHERE not "mailing_runs"."is_test" and "mailing_runs"."incident_id" is not null;--> statement-breakpoint
CREATE INDEX "mailing_runs_open" ON "mailing_runs" USING btree ("not_before") WHERE "mailing_runs"."state" in ('waiting', 'running');--> statement-breakpoint
CREATE INDEX "mailings_next_at" ON "mailings" USING btree ("next_at") WHERE "mailings"."is_active";--> statement-breakpoint
CREATE INDEX "notifications_account" ON "notifications" USING btree ("account_id","shown_at","id");--> statement-breakpoint
CREATE INDEX "notifications_unread" ON "notifications" USING btree ("account_id","shown_at") WHERE "notifications"."read_at" is null;--> statement-breakpoint
CREATE INDEX "notifications_shown" ON "notifications" USING btree ("shown_at");--> statement-breakpoint
CREATE INDEX "notifications_report" ON "notifications" USING btree ("report_id","account_id");--> statement-breakpoint
CREATE INDEX "files_unattached" ON "files" USING btree ("owner_id","created_at") WHERE "files"."attached_at" is null;--> statement-breakpoint
CREATE INDEX "login_limits_expire" ON "login_limits" USING btree ("expire");--> statement-breakpoint
CREATE INDEX "presence_report" ON "presence" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "presence_seen" ON "presence" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "publication_copies_public" ON "publication_copies" USING btree ("received_at","report_id") WHERE "publication_copies"."state" = 'published';--> statement-breakpoint
CREATE INDEX "publication_copies_leaving" ON "publication_copies" USING btree ("leaves_at") WHERE "publication_copies"."leaves_at" is not null;--> statement-breakpoint
CREATE INDEX "publication_photos_copy" ON "publication_photos" USING btree ("copy_file_id");--> statement-breakpoint
CREATE INDEX "report_put_offs_until" ON "report_put_offs" USING btree ("until");--> statement-breakpoint
CREATE INDEX "answer_photos_file" ON "answer_photos" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "report_answers_report" ON "report_answers" USING btree ("report_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "report_answers_live" ON "report_answers" USING btree ("report_id","round") WHERE "report_answers"."status" in ('submitted', 'queued');--> statement-breakpoint
CREATE INDEX "report_answers_batch" ON "report_answers" USING btree ("batch_id") WHERE "report_answers"."batch_id" is not null;--> statement-breakpoint
CREATE INDEX "report_messages_report" ON "report_messages" USING btree ("report_id","created_at");--> statement-breakpoint
CREATE INDEX "report_notes_report" ON "report_notes" USING btree ("report_id","created_at");--> statement-breakpoint
CREATE INDEX "report_notes_words" ON "report_notes" USING gin ("words");--> statement-breakpoint
CREATE INDEX "report_photos_file" ON "report_photos" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "report_requests_report" ON "report_requests" USING btree ("report_id","asked_at");--> statement-breakpoint
CREATE UNIQUE INDEX "report_requests_pending" ON "report_requests" USING btree ("report_id","kind") WHERE "report_requests"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "report_search_words" ON "report_search" USING gin ("words");--> statement-breakpoint
CREATE INDEX "reporters_phone" ON "reporters" USING btree (phone_digits("phone")) WHERE "reporters"."phone" is not null;--> statement-breakpoint
CREATE INDEX "reports_commitment" ON "reports" USING btree ("commitment_due_at") WHERE "reports"."commitment_due_at" is not null;--> statement-breakpoint
CREATE INDEX "reports_agency_commitment" ON "reports" USING btree ("agency_id","commitment_due_at") WHERE "reports"."commitment_due_at" is not null;--> statement-breakpoint
CREATE INDEX "reports_open_due" ON "reports" USING btree ("due_order","received_at","id") WHERE "reports"."state" in ('awaiting_intake', 'awaiting_acceptance', 'in_progress', 'awaiting_citizen', 'awaiting_approval');--> statement-breakpoint
CREATE INDEX "reports_open_agency_due" ON "reports" USING btree ("agency_id","due_order","received_at","id") WHERE "reports"."state" in ('awaiting_intake', 'awaiting_acceptance', 'in_progress', 'awaiting_citizen', 'awaiting_approval');--> statement-breakpoint
CREATE INDEX "reports_open_assignee" ON "reports" USING btree ("assignee_id","due_order") WHERE "reports"."state" in ('awaiting_intake', 'awaiting_acceptance', 'in_progress', 'awaiting_citizen', 'awaiting_approval') and "reports"."assignee_id" is not null;--> statement-breakpoint
CREATE INDEX "reports_asked_by" ON "reports" USING btree ("asked_by_id") WHERE "reports"."state" = 'awaiting_citizen';--> statement-breakpoint
CREATE INDEX "reports_open_held_by" ON "reports" USING gin ("held_by") WITH (fastupdate=false) WHERE "reports"."state" in ('awaiting_intake', 'awaiting_acceptance', 'in_progress', 'awaiting_citizen', 'awaiting_approval');--> statement-breakpoint
CREATE INDEX "reports_held_by" ON "reports" USING gin ("held_by") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "reports_received" ON "reports" USING btree ("received_at","id");--> statement-breakpoint
CREATE INDEX "reports_agency_received" ON "reports" USING btree ("agency_id","received_at","id");--> statement-breakpoint
CREATE INDEX "reports_area_received" ON "reports" USING btree ("area_id","received_at");--> statement-breakpoint
CREATE INDEX "reports_open_title" ON "reports" USING btree (title_key("title"),"received_at") WHERE "reports"."state" in ('awaiting_intake', 'awaiting_acceptance', 'in_progress', 'awaiting_citizen', 'awaiting_approval');--> statement-breakpoint
CREATE INDEX "reports_answered" ON "reports" USING btree ("answered_at") WHERE "reports"."state" = 'answered';--> statement-breakpoint
CREATE INDEX "reports_category_answered" ON "reports" USING btree ("category_code","answered_at") WHERE "reports"."answered_at" is not null;--> statement-breakpoint
CREATE INDEX "reports_client_received" ON "reports" USING btree ("source","received_at","id") WHERE "reports"."source" like 'client:%';--> statement-breakpoint
CREATE INDEX "reports_incident" ON "reports" USING btree ("incident_id","received_at") WHERE "reports"."incident_id" is not null;--> statement-breakpoint
CREATE INDEX "reports_merged_into" ON "reports" USING btree ("merged_into_id") WHERE "reports"."merged_into_id" is not null;--> statement-breakpoint
CREATE INDEX "reports_linked_to" ON "reports" USING btree ("linked_to_id") WHERE "reports"."linked_to_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "risk_actions_reminded_once" ON "risk_actions" USING btree ("day","agency_id","risk","by_id") WHERE "risk_actions"."action" = 'remind';--> statement-breakpoint
CREATE INDEX "saved_views_owner" ON "saved_views" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "saved_views_shared" ON "saved_views" USING btree ("audience") WHERE "saved_views"."audience" <> 'mine';--> statement-breakpoint
CREATE INDEX "scheduled_answers_send_at" ON "scheduled_answers" USING btree ("send_at");--> statement-breakpoint
CREATE INDEX "passkeys_account" ON "passkeys" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "report_watches_report" ON "report_watches" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "webhook_attempts_delivery" ON "webhook_attempts" USING btree ("delivery_id","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_webhook" ON "webhook_deliveries" USING btree ("webhook_id","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_waiting" ON "webhook_deliveries" USING btree ("webhook_id","next_try_at","id") WHERE "webhook_deliveries"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_claimed" ON "webhook_deliveries" USING btree ("webhook_id","claimed_until") WHERE "webhook_deliveries"."state" = 'waiting' and "webhook_deliveries"."claimed_until" is not null;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_failed" ON "webhook_deliveries" USING btree ("webhook_id","id") WHERE "webhook_deliveries"."state" <> 'delivered' and "webhook_deliveries"."failure" is not null;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_dead" ON "webhook_deliveries" USING btree ("webhook_id","id") WHERE "webhook_deliveries"."state" = 'dead';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_created" ON "webhook_deliveries" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "webhook_marks_due" ON "webhook_marks" USING btree ("due_at","event_id");--> statement-breakpoint
CREATE INDEX "webhook_secrets_webhook" ON "webhook_secrets" USING btree ("webhook_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "webhooks_name" ON "webhooks" USING btree ("name") WHERE "webhooks"."state" <> 'ended';
--> statement-breakpoint
-- Who looks at what is forgotten half a minute later, so a crash may lose it.
ALTER TABLE "presence" SET UNLOGGED;
--> statement-breakpoint
-- Reports are changed often: room for the next version of a row, and statistics that keep up.
ALTER TABLE "reports" SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
CREATE INDEX "bulletins_folded" ON "bulletins" USING gin ("folded" gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX "bulletins_public_folded" ON "bulletins" USING gin ("public_folded" gin_trgm_ops);
--> statement-breakpoint
-- Who wrote any of it after the text that a second person read, and for whom. Who only restored that text wrote
-- nothing.
CREATE FUNCTION bulletin_writers(bulletin uuid, reviewed uuid)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
AS $$
  SELECT coalesce(array_agg(DISTINCT person ORDER BY person), '{}')
  FROM bulletin_revisions written
  LEFT JOIN bulletin_revisions read ON read.id = reviewed
  CROSS JOIN LATERAL (VALUES (written.editor_id), (written.editor_for)) AS persons(person)
  WHERE written.bulletin_id = bulletin AND person IS NOT NULL
    AND (read.id IS NULL OR (written.number > read.number AND written.content <> read.content))
$$;
--> statement-breakpoint
-- A copy waits for review again, and is empty: its texts may repeat what was erased.
CREATE FUNCTION empty_copy(copy_of bigint, why text)
 RETURNS void
 LANGUAGE sql
AS $$
  UPDATE publication_copies SET
    state = CASE WHEN state = 'withdrawn' THEN state ELSE 'draft' END,
    version = version + 1,
    title = NULL, body = NULL, address = NULL, lon = NULL, lat = NULL,
    reviewer_id = NULL, reviewer_for = NULL, reviewed_at = NULL, published_at = NULL, leaves_at = NULL,
    cause = why
  WHERE report_id = copy_of;
$$;
--> statement-breakpoint
-- A past day that opens or closes offices after all: figures of every report that was worked on across it are written
-- again.
CREATE FUNCTION mark_worked_on(calendar text, day date)
 RETURNS void
 LANGUAGE sql
AS $$
  INSERT INTO stale_facts (report_id)
  SELECT f.report_id FROM report_facts f
  WHERE day <= (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
    AND f.received_at < (day + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    -- An answer leaves a little later than it closes.
    AND (f.closed_at IS NULL OR f.standing <= 2 OR f.closed_at + interval '1 minute' >= day::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')
    AND (calendar IS NULL OR EXISTS (SELECT FROM report_clocks c WHERE c.report_id = f.report_id AND c.calendar_id = calendar))
$$;
--> statement-breakpoint
-- Every command records an event, so nothing can forget to announce itself. The message is sent with the commit. A
-- long list is not named.
CREATE FUNCTION announce_events()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$ BEGIN
  PERFORM pg_notify('live', '{"kind":"' || subject_kind || '","ids":' || CASE WHEN count(*) <= 150
      THEN '[' || string_agg(coalesce(report_id::text, to_json(subject_id)::text), ',') || ']' ELSE 'null' END || '}')
    FROM recorded WHERE subject_kind IN ('report', 'incident', 'bulletin') GROUP BY subject_kind;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER events_announced AFTER INSERT ON events REFERENCING NEW TABLE AS recorded FOR EACH STATEMENT EXECUTE FUNCTION announce_events();
--> statement-breakpoint
-- A bulletin begins without writers and without a reviewed text.
CREATE FUNCTION begin_bulletin_writers()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
  NEW.reviewed_revision_id := NULL;
  NEW.writer_ids := '{}';
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER bulletins_begin_writers BEFORE INSERT ON bulletins FOR EACH ROW EXECUTE FUNCTION begin_bulletin_writers();
--> statement-breakpoint
-- How a bulletin began never changes, and what identifies it stays once it was published. It only gives up an address
-- that was made of personal data, when the cleaned text is published.
CREATE FUNCTION guard_bulletin()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
DECLARE
  newest bulletin_revisions;
  outgoing bulletin_revisions;
  is_going_out boolean := NEW.published_revision_id IS NOT NULL;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.author_id <> OLD.author_id OR NEW.is_exercise <> OLD.is_exercise OR NEW.created_at <> OLD.created_at THEN
      RAISE EXCEPTION 'the beginnings of a bulletin do not change' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_origin';
    END IF;
    IF OLD.first_published_at IS NOT NULL AND ((NEW.first_published_at, NEW.number, NEW.incident_id)
        IS DISTINCT FROM (OLD.first_published_at, OLD.number, OLD.incident_id)
        OR (NEW.slug IS DISTINCT FROM OLD.slug AND NOT EXISTS (SELECT FROM bulletin_removals cleaned
          WHERE cleaned.revision_id = NEW.published_revision_id AND cleaned.former_slug = OLD.slug))) THEN
      RAISE EXCEPTION 'a published bulletin keeps its number and address' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_kept';
    END IF;
    is_going_out := NEW.published_revision_id IS DISTINCT FROM OLD.published_revision_id;
  END IF;

  IF NEW.current_revision_id IS NULL THEN
    IF NEW.state <> 'draft' OR NEW.last_editor_id <> NEW.author_id OR NEW.approved_by_id IS NOT NULL THEN
      RAISE EXCEPTION 'a bulletin without a text is a draft' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_text';
    END IF;
  ELSE
    SELECT * INTO newest FROM bulletin_revisions WHERE bulletin_id = NEW.id ORDER BY number DESC LIMIT 1;
    IF newest.id IS DISTINCT FROM NEW.current_revision_id OR newest.editor_id <> NEW.last_editor_id THEN
      RAISE EXCEPTION 'the last editor is who saved the newest revision' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_last_editor';
    END IF;
    IF NEW.state IN ('approved', 'scheduled') AND NOT newest.sealed THEN
      RAISE EXCEPTION 'what is approved is sealed' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_sealed';
    END IF;
  END IF;

  IF is_going_out THEN
    SELECT * INTO outgoing FROM bulletin_revisions WHERE id = NEW.published_revision_id;
    IF outgoing.bulletin_id IS DISTINCT FROM NEW.id OR NOT coalesce(outgoing.sealed, false) THEN
      RAISE EXCEPTION 'only a sealed revision goes out' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_sealed';
    END IF;
    IF NOT (NEW.approved_by_id IS NOT NULL AND NEW.approved_revision_id IS NOT DISTINCT FROM NEW.published_revision_id)
        AND NOT NEW.needs_look_back THEN
      RAISE EXCEPTION 'only what was approved goes out' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_reviewed';
    END IF;
  END IF;

  IF TG_OP = 'UPDATE' AND OLD.needs_look_back AND NOT NEW.needs_look_back AND NOT (
      is_going_out OR NEW.state IN ('withdrawn', 'unpublished') OR NEW.looked_back_by_id IS NOT NULL) THEN
    RAISE EXCEPTION 'somebody else looks back on it' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_looked_back';
  END IF;
  IF NEW.looked_back_by_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.looked_back_by_id IS DISTINCT FROM OLD.looked_back_by_id)
      AND NOT NEW.is_exercise AND NEW.looked_back_by_id IN (NEW.author_id, NEW.last_editor_id, NEW.unreviewed_by_id) THEN
    RAISE EXCEPTION 'somebody else looks back on it' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_looked_back';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER bulletins_guard BEFORE INSERT OR UPDATE ON bulletins FOR EACH ROW EXECUTE FUNCTION guard_bulletin();
--> statement-breakpoint
-- A blank that a template left open is never published. What was published before is left alone.
CREATE FUNCTION guard_bulletin_blanks()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.published_revision_id IS NOT DISTINCT FROM OLD.published_revision_id THEN
    RETURN NEW;
  END IF;
  IF EXISTS (SELECT FROM bulletin_revisions outgoing WHERE outgoing.id = NEW.published_revision_id
      AND jsonb_path_exists(outgoing.content, 'strict $.**.type ? (@ == "blank")', '{}', true)) THEN
    RAISE EXCEPTION 'a blank of a template is left' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_blanks';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER bulletins_guard_blanks BEFORE INSERT OR UPDATE ON bulletins FOR EACH ROW WHEN ((new.published_revision_id IS NOT NULL)) EXECUTE FUNCTION guard_bulletin_blanks();
--> statement-breakpoint
-- For whom a bulletin was begun does not change, and who reviews it has no part in it through a lent role.
CREATE FUNCTION guard_bulletin_places()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
  IF NEW.author_for IS DISTINCT FROM OLD.author_for THEN
    RAISE EXCEPTION 'the beginnings of a bulletin do not change' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_origin';
  END IF;
  IF NEW.last_editor_for IS DISTINCT FROM OLD.last_editor_for AND NEW.current_revision_id IS NOT DISTINCT FROM OLD.current_revision_id THEN
    RAISE EXCEPTION 'the last editor is who saved the newest revision' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_last_editor';
  END IF;
  IF NEW.looked_back_by_id IS DISTINCT FROM OLD.looked_back_by_id AND NOT NEW.is_exercise
      AND NEW.looked_back_by_id IN (NEW.author_for, NEW.last_editor_for) THEN
    RAISE EXCEPTION 'somebody else looks back on it' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_looked_back';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER bulletins_guard_places BEFORE UPDATE ON bulletins FOR EACH ROW EXECUTE FUNCTION guard_bulletin_places();
--> statement-breakpoint
-- A sealed revision keeps its text; whose it is and its number never change.
CREATE FUNCTION guard_bulletin_revision()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.sealed OR (NEW.id, NEW.bulletin_id, NEW.number, NEW.editor_id, NEW.editor_for, NEW.created_at)
      IS DISTINCT FROM (OLD.id, OLD.bulletin_id, OLD.number, OLD.editor_id, OLD.editor_for, OLD.created_at) THEN
    RAISE EXCEPTION 'a revision keeps its text and its editor' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletin_revisions_kept';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER bulletin_revisions_guard BEFORE DELETE OR UPDATE ON bulletin_revisions FOR EACH ROW EXECUTE FUNCTION guard_bulletin_revision();
--> statement-breakpoint
-- Only this trigger writes the two columns of writers. What follows from them: an approval is by somebody who wrote
-- nothing since the one before, it is not replaced by anybody else's, and under it only slips of the pen are corrected.
CREATE FUNCTION guard_bulletin_writers()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
DECLARE
  is_approval boolean := OLD.approved_by_id IS NULL AND NEW.approved_by_id IS NOT NULL;
  is_standing boolean := OLD.approved_by_id IS NOT NULL AND NEW.approved_by_id IS NOT NULL;
  is_look_back boolean := NEW.looked_back_by_id IS NOT NULL AND NEW.looked_back_by_id IS DISTINCT FROM OLD.looked_back_by_id;
BEGIN
  NEW.reviewed_revision_id := OLD.reviewed_revision_id;
  NEW.writer_ids := OLD.writer_ids;
  IF is_standing AND (NEW.approved_by_id, NEW.approved_for) IS DISTINCT FROM (OLD.approved_by_id, OLD.approved_for) THEN
    RAISE EXCEPTION 'an approval stays with whoever gave it' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_two_persons';
  END IF;
  IF is_standing AND NEW.approved_revision_id IS DISTINCT FROM OLD.approved_revision_id AND NOT EXISTS (
      SELECT FROM bulletin_revisions mended JOIN bulletin_revisions read ON read.id = OLD.reviewed_revision_id
      WHERE mended.id = NEW.approved_revision_id AND mended.bulletin_id = NEW.id AND mended.typo_of_id = read.id
        AND mended.content - 'vi' - 'en' = read.content - 'vi' - 'en'
        AND mended.content #> '{vi,title}' = read.content #> '{vi,title}'
        AND mended.content #> '{en,title}' IS NOT DISTINCT FROM read.content #> '{en,title}') THEN
    RAISE EXCEPTION 'only a slip is mended in what was approved' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_reviewed';
  END IF;
  IF NOT (is_approval OR is_look_back OR NEW.current_revision_id IS DISTINCT FROM OLD.current_revision_id) THEN
    RETURN NEW;
  END IF;
  NEW.writer_ids := bulletin_writers(NEW.id, OLD.reviewed_revision_id);
  IF is_approval AND NOT NEW.is_exercise AND ARRAY[NEW.approved_by_id, NEW.approved_for] && NEW.writer_ids THEN
    RAISE EXCEPTION 'who wrote since the last approval approves nothing' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_two_persons';
  END IF;
  IF is_look_back AND NOT NEW.is_exercise AND NEW.looked_back_by_id = ANY (NEW.writer_ids) THEN
    RAISE EXCEPTION 'somebody else looks back on it' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bulletins_looked_back';
  END IF;
  IF is_approval THEN
    NEW.reviewed_revision_id := NEW.approved_revision_id;
  ELSIF is_look_back THEN
    NEW.reviewed_revision_id := NEW.published_revision_id;
  END IF;
  NEW.writer_ids := bulletin_writers(NEW.id, NEW.reviewed_revision_id);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER bulletins_guard_writers BEFORE UPDATE ON bulletins FOR EACH ROW EXECUTE FUNCTION guard_bulletin_writers();
--> statement-breakpoint
-- Only photos of the report and proof of its sent answers are decided on, and only files of the purpose are shown. One
-- that nothing shows any more counts as an unused upload.
CREATE FUNCTION hold_public_copy()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.copy_file_id IS NOT NULL THEN
    UPDATE files SET attached_at = NULL, created_at = now() WHERE id = OLD.copy_file_id
      AND NOT EXISTS (SELECT FROM publication_photos shown WHERE shown.copy_file_id = OLD.copy_file_id);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM FROM report_photos photo WHERE photo.report_id = NEW.report_id AND photo.file_id = NEW.file_id
      AND (photo.kind <> 'proof' OR EXISTS (
        SELECT FROM answer_photos proof JOIN report_answers answer ON answer.id = proof.answer_id
        WHERE proof.file_id = photo.file_id AND answer.report_id = photo.report_id AND answer.status = 'sent'));
    IF NOT FOUND THEN
      RAISE EXCEPTION 'not a photo of the report' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.copy_file_id IS NOT NULL THEN
      UPDATE files SET attached_at = coalesce(attached_at, now()) WHERE id = NEW.copy_file_id AND purpose = 'public_copy';
      IF NOT FOUND THEN
        RAISE EXCEPTION 'not a public copy' USING ERRCODE = 'check_violation';
      END IF;
    END IF;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER publication_photos_hold_copy AFTER INSERT OR DELETE OR UPDATE ON publication_photos FOR EACH ROW EXECUTE FUNCTION hold_public_copy();
--> statement-breakpoint
-- What reporters are told is written with the event that it follows from; it is due once the event can no longer be
-- undone. The events are those of `toldBy`.
CREATE FUNCTION mark_deliveries()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$ BEGIN
  INSERT INTO deliveries (event_id, kind, report_id, due_at, created_at, since)
  SELECT id, CASE event
      WHEN 'report.answer_sent' THEN CASE WHEN details ->> 'kind' = 'rejection' THEN 'rejection' ELSE 'answer' END
      WHEN 'report.answer_passed_on' THEN 'passed_on'
      WHEN 'report.citizen_asked' THEN 'question'
      ELSE 'notice' END,
    report_id, coalesce((details #>> '{kept,until}')::timestamptz, at), at, at
  FROM recorded
  WHERE event IN ('report.answer_sent', 'report.answer_passed_on', 'report.citizen_asked', 'report.notice_sent');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER events_mark_deliveries AFTER INSERT ON events REFERENCING NEW TABLE AS recorded FOR EACH STATEMENT EXECUTE FUNCTION mark_deliveries();
--> statement-breakpoint
-- The same for each confirmed day of a calendar that is added, changed or removed.
CREATE FUNCTION mark_facts_of_day()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.calendar_id, NEW.date, NEW.kind, NEW.intervals, NEW.status)
      IS NOT DISTINCT FROM (OLD.calendar_id, OLD.date, OLD.kind, OLD.intervals, OLD.status) THEN
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' AND OLD.status = 'confirmed' THEN PERFORM mark_worked_on(OLD.calendar_id, OLD.date); END IF;
  IF TG_OP <> 'DELETE' AND NEW.status = 'confirmed' THEN PERFORM mark_worked_on(NEW.calendar_id, NEW.date); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER calendar_days_mark_facts_stale AFTER INSERT OR DELETE OR UPDATE ON calendar_days FOR EACH ROW EXECUTE FUNCTION mark_facts_of_day();
--> statement-breakpoint
-- The figures of a report are written again after each of its events.
CREATE FUNCTION mark_facts_stale()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$ BEGIN INSERT INTO stale_facts (report_id) SELECT DISTINCT report_id FROM recorded WHERE report_id IS NOT NULL; RETURN NULL; END $$;
--> statement-breakpoint
CREATE TRIGGER events_mark_facts_stale AFTER INSERT ON events REFERENCING NEW TABLE AS recorded FOR EACH STATEMENT EXECUTE FUNCTION mark_facts_stale();
--> statement-breakpoint
-- The events are those of `notifiedEvents` and, for a watched report, of `watchedEvents`.
CREATE FUNCTION mark_notifications()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$ BEGIN
  INSERT INTO notification_marks (event_id, retry_at)
  SELECT id, (details #>> '{kept,until}')::timestamptz FROM recorded WHERE event IN (
    'report.person_assigned', 'report.returned', 'report.answer_submitted', 'report.answer_sent_back',
    'report.answer_withdrawn', 'report.answer_approved', 'report.extension_requested', 'report.transfer_requested',
    'report.pause_requested', 'report.extended', 'report.extension_refused', 'report.transferred',
    'report.transfer_refused', 'report.paused', 'report.pause_refused', 'report.citizen_replied',
    'report.information_added', 'report.rated', 'report.note_added', 'report.reopened', 'report.taken_back',
    'report.escalated', 'report.follow_up_requested', 'report.followed_up', 'report.follow_up_refused')
  OR details ?| ARRAY['unscheduled', 'scheduledAgain'] OR (event IN (
    'report.assigned', 'report.rejected', 'report.citizen_asked', 'report.merged', 'report.unmerged', 'report.split',
    'report.accepted', 'report.handed_over', 'report.resumed', 'report.answer_scheduled',
    'report.approval_scheduled', 'report.answer_rescheduled', 'report.answer_unscheduled', 'report.answered',
    'report.answer_passed_on', 'report.closed')
    AND EXISTS (SELECT FROM report_watches WHERE report_watches.report_id = recorded.report_id));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER events_mark_notifications AFTER INSERT ON events REFERENCING NEW TABLE AS recorded FOR EACH STATEMENT EXECUTE FUNCTION mark_notifications();
--> statement-breakpoint
-- Every event that other systems may be told of is marked in its own transaction once there is a webhook, with the
-- moment until which it can be taken back. What an import brings in is history. The events are those of `kindOfEvent`.
CREATE FUNCTION mark_webhooks()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$ BEGIN
  INSERT INTO webhook_marks (event_id, due_at)
  SELECT id, coalesce((details #>> '{kept,until}')::timestamptz, at) FROM recorded
  WHERE actor_kind <> 'import' AND event IN (
    'report.received', 'report.assigned', 'report.transferred', 'report.handed_over', 'report.accepted',
    'report.returned', 'report.merged', 'report.unmerged', 'report.citizen_replied', 'report.rejected',
    'report.citizen_asked', 'report.answer_sent', 'report.answer_passed_on', 'report.rated', 'report.reopened',
    'bulletin.published', 'bulletin.published_unreviewed', 'bulletin.withdrawn', 'bulletin.unpublished')
  AND EXISTS (SELECT FROM webhooks WHERE state <> 'ended');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER events_mark_webhooks AFTER INSERT ON events REFERENCING NEW TABLE AS recorded FOR EACH STATEMENT EXECUTE FUNCTION mark_webhooks();
--> statement-breakpoint
-- Runs when the publication is committed, so its lock is the last that anybody waits for, and is held for a moment
-- only.
CREATE FUNCTION note_appearance()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('bulletin_appearances'));
  INSERT INTO bulletin_appearances (position, revision_id, bulletin_id, incident_id, kind, area_ids, in_english, appeared_at)
  SELECT coalesce((SELECT max(position) FROM bulletin_appearances), 0) + 1, NEW.revision_id, NEW.bulletin_id, NEW.incident_id,
    r.content ->> 'kind', ARRAY(SELECT jsonb_array_elements_text(r.content -> 'areaIds')::int),
    jsonb_typeof(r.content -> 'en') = 'object', NEW.published_at
  FROM bulletin_revisions r WHERE r.id = NEW.revision_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER bulletin_publications_appear AFTER INSERT ON bulletin_publications DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((NOT new.is_exercise)) EXECUTE FUNCTION note_appearance();
--> statement-breakpoint
-- The sending of an answer holds the lock of the report, and so does a review of its copy: no proof can be missed.
CREATE FUNCTION note_new_proof()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
  UPDATE publication_copies SET has_new_proof = true
  WHERE report_id = NEW.report_id AND state = 'published' AND NOT has_new_proof
    AND EXISTS (SELECT FROM answer_photos WHERE answer_id = NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER report_answers_note_new_proof AFTER INSERT OR UPDATE OF status ON report_answers FOR EACH ROW WHEN ((new.status = 'sent'::text)) EXECUTE FUNCTION note_new_proof();
--> statement-breakpoint
-- Each report with a point stands in the square of that point, by the time at which it was received.
CREATE FUNCTION place_new_reports()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
  INSERT INTO report_cells (cell, received_at, report_id)
  SELECT report_cell(lon, lat), received_at, id FROM placed WHERE lon IS NOT NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER reports_place_new AFTER INSERT ON reports REFERENCING NEW TABLE AS placed FOR EACH STATEMENT EXECUTE FUNCTION place_new_reports();
--> statement-breakpoint
-- A report whose point or time changes moves with it.
CREATE FUNCTION place_report_anew()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
  DELETE FROM report_cells
  WHERE cell = report_cell(OLD.lon, OLD.lat) AND received_at = OLD.received_at AND report_id = OLD.id;
  IF TG_OP = 'UPDATE' AND NEW.lon IS NOT NULL THEN
    INSERT INTO report_cells (cell, received_at, report_id)
    VALUES (report_cell(NEW.lon, NEW.lat), NEW.received_at, NEW.id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER reports_place_anew AFTER UPDATE OF lon, lat, received_at ON reports FOR EACH ROW WHEN ((((old.lon IS DISTINCT FROM new.lon) OR (old.lat IS DISTINCT FROM new.lat)) OR (old.received_at IS DISTINCT FROM new.received_at))) EXECUTE FUNCTION place_report_anew();
--> statement-breakpoint
CREATE TRIGGER reports_unplace AFTER DELETE ON reports FOR EACH ROW EXECUTE FUNCTION place_report_anew();
--> statement-breakpoint
-- Rows that are never changed or removed, and columns that are written once.
CREATE FUNCTION refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation'; END $$;
--> statement-breakpoint
CREATE TRIGGER events_append_only BEFORE DELETE OR UPDATE ON events FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER event_seals_append_only BEFORE DELETE OR UPDATE ON event_seals FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER event_seals_no_truncate BEFORE TRUNCATE ON event_seals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER bulletin_publications_append_only BEFORE DELETE OR UPDATE ON bulletin_publications FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER bulletin_revisions_no_truncate BEFORE TRUNCATE ON bulletin_revisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER incident_notes_append_only BEFORE DELETE OR UPDATE ON incident_notes FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER disclosures_append_only BEFORE DELETE OR UPDATE ON disclosures FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER disclosures_no_truncate BEFORE TRUNCATE ON disclosures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER disclosed_reporters_append_only BEFORE DELETE OR UPDATE ON disclosed_reporters FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER disclosed_reporters_no_truncate BEFORE TRUNCATE ON disclosed_reporters FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER bulletin_removals_append_only BEFORE DELETE OR UPDATE ON bulletin_removals FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER bulletin_removals_no_truncate BEFORE TRUNCATE ON bulletin_removals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER bulletin_appearances_append_only BEFORE DELETE OR UPDATE ON bulletin_appearances FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER bulletin_appearances_no_truncate BEFORE TRUNCATE ON bulletin_appearances FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER bulletin_alerts_append_only BEFORE DELETE OR UPDATE ON bulletin_alerts FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER issued_reports_append_only BEFORE DELETE OR UPDATE ON issued_reports FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER issued_reports_no_truncate BEFORE TRUNCATE ON issued_reports FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER reports_matures_at BEFORE UPDATE OF matures_at ON reports FOR EACH ROW WHEN ((old.matures_at IS DISTINCT FROM new.matures_at)) EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER risk_actions_append_only BEFORE DELETE OR UPDATE ON risk_actions FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER risk_actions_no_truncate BEFORE TRUNCATE ON risk_actions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER explanations_ended BEFORE UPDATE ON explanations FOR EACH ROW WHEN (((old.answered_at IS NOT NULL) OR (old.withdrawn_at IS NOT NULL))) EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER explanations_no_delete BEFORE DELETE ON explanations FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER explanations_no_truncate BEFORE TRUNCATE ON explanations FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER explanation_reports_append_only BEFORE DELETE OR UPDATE ON explanation_reports FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER explanation_reports_no_truncate BEFORE TRUNCATE ON explanation_reports FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- What was reviewed was another text, or the report no longer counts on its own. The latter can be undone for some
-- seconds, a rejection until its answer is sent: until then the copy stays public.
CREATE FUNCTION send_copy_back()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
DECLARE
  has_ended boolean := NEW.state IN ('merged', 'rejected');
  undo_seconds int := 3 + coalesce((SELECT (value #>> '{}')::int FROM settings WHERE key = 'undoSeconds'), 15);
BEGIN
  IF (OLD.title, OLD.body, OLD.address, OLD.lon, OLD.lat) IS DISTINCT FROM
    (NEW.title, NEW.body, NEW.address, NEW.lon, NEW.lat) THEN
    PERFORM empty_copy(NEW.id, CASE WHEN has_ended THEN NEW.state ELSE 'text_changed' END);
  ELSIF has_ended THEN
    UPDATE publication_copies SET leaves_at = greatest(now() + make_interval(secs => undo_seconds),
      (SELECT max(send_at) FROM report_answers a WHERE a.report_id = NEW.id AND a.status = 'queued'))
    WHERE report_id = NEW.id AND state = 'published';
    PERFORM empty_copy(report_id, NEW.state) FROM publication_copies WHERE report_id = NEW.id AND state <> 'published';
  ELSE
    PERFORM empty_copy(report_id, OLD.state) FROM publication_copies WHERE report_id = NEW.id AND leaves_at <= now();
    UPDATE publication_copies SET leaves_at = NULL WHERE report_id = NEW.id AND leaves_at IS NOT NULL;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER reports_send_copy_back AFTER UPDATE OF title, body, address, lon, lat, state ON reports FOR EACH ROW WHEN (((((((old.title IS DISTINCT FROM new.title) OR (old.body IS DISTINCT FROM new.body)) OR (old.address IS DISTINCT FROM new.address)) OR (old.lon IS DISTINCT FROM new.lon)) OR (old.lat IS DISTINCT FROM new.lat)) OR ((old.state IS DISTINCT FROM new.state) AND ((old.state = ANY (ARRAY['merged'::text, 'rejected'::text])) OR (new.state = ANY (ARRAY['merged'::text, 'rejected'::text])))))) EXECUTE FUNCTION send_copy_back();
--> statement-breakpoint
-- Proof of answers that were sent is decided on as well. A decision goes with the last attachment of its photo. Proof
-- that is added or sent later is not shown before its review, so the copy stays public meanwhile.
CREATE FUNCTION send_copy_back_for_photo()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND (OLD.kind <> 'proof'
    OR NOT EXISTS (SELECT FROM report_photos p WHERE p.report_id = OLD.report_id AND p.file_id = OLD.file_id)) THEN
    DELETE FROM publication_photos WHERE report_id = OLD.report_id AND file_id = OLD.file_id;
  END IF;
  UPDATE publication_copies SET
    state = CASE WHEN state = 'withdrawn' THEN state ELSE 'draft' END,
    version = version + 1,
    reviewer_id = NULL, reviewer_for = NULL, reviewed_at = NULL, published_at = NULL, leaves_at = NULL,
    cause = 'photos_changed'
  WHERE (TG_OP <> 'INSERT' AND OLD.kind <> 'proof' AND report_id = OLD.report_id)
    OR (TG_OP <> 'DELETE' AND NEW.kind <> 'proof' AND report_id = NEW.report_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER report_photos_send_copy_back AFTER INSERT OR DELETE OR UPDATE OF report_id, file_id, kind ON report_photos FOR EACH ROW EXECUTE FUNCTION send_copy_back_for_photo();
