-- An answer that is taken back takes what was told of it along; the events are those of `toldEvents`.
CREATE OR REPLACE FUNCTION mark_notifications() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  INSERT INTO notification_marks (event_id) SELECT id FROM recorded WHERE event IN (
    'report.person_assigned', 'report.returned', 'report.answer_submitted', 'report.answer_sent_back', 'report.answer_approved',
    'report.answer_withdrawn', 'report.extension_requested', 'report.transfer_requested', 'report.pause_requested',
    'report.extended', 'report.extension_refused', 'report.transferred', 'report.transfer_refused', 'report.paused',
    'report.pause_refused', 'report.citizen_replied', 'report.information_added', 'report.rated', 'report.reopened',
    'report.escalated');
  RETURN NULL;
END $$;
