-- Every sum tells of extensions now, and a day has those of every channel and severity. The jobs fill them again, and until then rows are counted.
DELETE FROM "figure_sums";
