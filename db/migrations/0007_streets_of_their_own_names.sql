-- Streets such as "Phó Đức Chính", "Cửa Nam", "Ngô Sĩ Liên" were not read, or were known without their first word.
-- A job reads the addresses that may name them again; names from files are completed here.
INSERT INTO place_marks (report_id)
SELECT id FROM reports
WHERE lon IS NOT NULL AND address ~* '(liên|điện|cửa|phó|dương|canh|đại lộ|quốc lộ|tỉnh lộ)\M'
ON CONFLICT DO NOTHING;
--> statement-breakpoint
UPDATE places SET key = CASE WHEN name ~* '(^|\s)phó\s' THEN 'pho ' ELSE 'duong ' END || key
WHERE source = 'file' AND name ~* '^((phố|đường)\s+)?(phó|dương)\s' AND key !~ '^(pho|duong) ';
