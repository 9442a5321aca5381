-- Every command records an event: here nothing can forget to announce itself. It goes out with the commit. A long list is not named.
CREATE FUNCTION announce_events() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  PERFORM pg_notify('live', '{"kind":"' || subject_kind || '","ids":' || CASE WHEN count(*) <= 150
      THEN '[' || string_agg(coalesce(report_id::text, to_json(subject_id)::text), ',') || ']' ELSE 'null' END || '}')
    FROM recorded WHERE subject_kind IN ('report', 'incident', 'bulletin') GROUP BY subject_kind;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER events_announced AFTER INSERT ON events REFERENCING NEW TABLE AS recorded
  FOR EACH STATEMENT EXECUTE FUNCTION announce_events();
