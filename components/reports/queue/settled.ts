/** What the queue fetches by itself as soon as its rows respond to keys, as one. */
export { RunsPlace } from '#components/bulk/RunsPlace.tsx'
export { PresenceHeartbeat } from '#components/presence/PresenceHeartbeat.tsx'
export { ReportPreview } from '#components/reports/report/ReportPreview.tsx'
export { ReportView } from '#components/reports/report/ReportView.tsx'
