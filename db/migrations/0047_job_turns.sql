CREATE TABLE "job_turns" (
	"job" text PRIMARY KEY NOT NULL,
	"expected_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone
);
