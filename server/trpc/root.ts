import { meRouter } from '#server/accounts/me-router.ts'
import { accountsRouter } from '#server/accounts/router.ts'
import { secondFactorRouter } from '#server/accounts/second-factor-router.ts'
import { afterActionRouter } from '#server/after-action/router.ts'
import { agenciesRouter } from '#server/agencies/router.ts'
import { apiClientsRouter } from '#server/api-clients/router.ts'
import { areasRouter } from '#server/areas/router.ts'
import { bulkRouter } from '#server/bulk/router.ts'
import { incidentClosingRouter } from '#server/bulletins/closing-router.ts'
import { bulletinsRouter } from '#server/bulletins/router.ts'
import { calendarsRouter } from '#server/calendars/router.ts'
import { categoriesRouter } from '#server/categories/router.ts'
import { citizenLinksRouter } from '#server/citizen-links/router.ts'
import { deliveriesRouter, gatewaysRouter } from '#server/deliveries/router.ts'
import { disclosuresRouter } from '#server/disclosures/router.ts'
import { eventsRouter } from '#server/events/router.ts'
import { incidentsRouter } from '#server/incidents/router.ts'
import { insightsRouter } from '#server/insights/router.ts'
import { jobsRouter } from '#server/jobs/router.ts'
import { liveRouter } from '#server/live/router.ts'
import { notificationsRouter } from '#server/notifications/router.ts'
import { organisationRouter } from '#server/organisation/router.ts'
import { presenceRouter } from '#server/presence/router.ts'
import { publicationRouter } from '#server/publication/router.ts'
import { answerTemplatesRouter } from '#server/reports/router/answer-templates.ts'
import { draftsRouter } from '#server/reports/router/drafts.ts'
import { figuresRouter } from '#server/reports/router/figures.ts'
import { incidentDeskRouter } from '#server/reports/router/incident-desk.ts'
import { ownMarksRouter } from '#server/reports/router/own-marks.ts'
import { placesRouter } from '#server/reports/router/places.ts'
import { savedViewsRouter } from '#server/reports/router/saved-views.ts'
import { undoRouter } from '#server/reports/router/undo.ts'
import { reportsRouter } from '#server/reports/router.ts'
import { settingsRouter } from '#server/settings/router.ts'
import { clientRevocationRouter } from '#server/webhooks/revocation-router.ts'
import { webhooksRouter } from '#server/webhooks/router.ts'
import { router } from '../procedures/init.ts'

export const appRouter = router({
  me: meRouter,
  secondFactor: secondFactorRouter,
  accounts: accountsRouter,
  agencies: agenciesRouter,
  organisation: organisationRouter,
  areas: areasRouter,
  places: placesRouter,
  calendars: calendarsRouter,
  categories: categoriesRouter,
  incidents: incidentsRouter,
  incidentClosing: incidentClosingRouter,
  bulletins: bulletinsRouter,
  reports: reportsRouter,
  drafts: draftsRouter,
  ownMarks: ownMarksRouter,
  presence: presenceRouter,
  undo: undoRouter,
  publication: publicationRouter,
  citizenLinks: citizenLinksRouter,
  savedViews: savedViewsRouter,
  bulk: bulkRouter,
  answerTemplates: answerTemplatesRouter,
  figures: figuresRouter,
  incidentDesk: incidentDeskRouter,
  notifications: notificationsRouter,
  afterAction: afterActionRouter,
  insights: insightsRouter,
  settings: settingsRouter,
  apiClients: apiClientsRouter,
  clientRevocation: clientRevocationRouter,
  deliveries: deliveriesRouter,
  gateways: gatewaysRouter,
  webhooks: webhooksRouter,
  jobs: jobsRouter,
  live: liveRouter,
  disclosures: disclosuresRouter,
  events: eventsRouter,
})

export type AppRouter = typeof appRouter
