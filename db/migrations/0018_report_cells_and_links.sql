CREATE TABLE "report_cells" (
	"cell" bigint NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"report_id" bigint NOT NULL,
	CONSTRAINT "report_cells_cell_received_at_report_id_pk" PRIMARY KEY("cell","received_at","report_id")
);
--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "linked_to_id" bigint;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "linked_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_linked_to_id_reports_id_fk" FOREIGN KEY ("linked_to_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reports_linked_to" ON "reports" USING btree ("linked_to_id") WHERE "reports"."linked_to_id" is not null;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_not_linked_to_itself" CHECK ("reports"."linked_to_id" <> "reports"."id");--> statement-breakpoint
-- Squares of a four-hundredth of a degree, some 270 m wide; rules/neighbourhood.ts counts them the same way.
CREATE FUNCTION report_cell(lon double precision, lat double precision) RETURNS bigint
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT floor((lat + 90) * 400)::bigint * 144000 + floor((lon + 180) * 400)::bigint $$;--> statement-breakpoint
CREATE FUNCTION place_new_reports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO report_cells (cell, received_at, report_id)
  SELECT report_cell(lon, lat), received_at, id FROM placed WHERE lon IS NOT NULL;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER reports_place_new AFTER INSERT ON reports REFERENCING NEW TABLE AS placed
  FOR EACH STATEMENT EXECUTE FUNCTION place_new_reports();--> statement-breakpoint
CREATE FUNCTION place_report_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM report_cells
  WHERE cell = report_cell(OLD.lon, OLD.lat) AND received_at = OLD.received_at AND report_id = OLD.id;
  IF TG_OP = 'UPDATE' AND NEW.lon IS NOT NULL THEN
    INSERT INTO report_cells (cell, received_at, report_id)
    VALUES (report_cell(NEW.lon, NEW.lat), NEW.received_at, NEW.id);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER reports_place_anew AFTER UPDATE OF lon, lat, received_at ON reports FOR EACH ROW
  WHEN ((OLD.lon, OLD.lat, OLD.received_at) IS DISTINCT FROM (NEW.lon, NEW.lat, NEW.received_at))
  EXECUTE FUNCTION place_report_anew();--> statement-breakpoint
CREATE TRIGGER reports_unplace AFTER DELETE ON reports FOR EACH ROW EXECUTE FUNCTION place_report_anew();--> statement-breakpoint
-- A million takes some seconds; in the order of the key, which fills its pages one after the other.
INSERT INTO report_cells (cell, received_at, report_id)
SELECT report_cell(lon, lat), received_at, id FROM reports WHERE lon IS NOT NULL ORDER BY 1, 2, 3;--> statement-breakpoint
ANALYZE report_cells;
