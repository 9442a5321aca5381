import { handleIncidentExports } from './after-action/http.ts'
import { handleMap } from './areas/http.ts'
import { handleStreets } from './areas/street-file.ts'
import { handleBulkFailures } from './bulk/http.ts'
import { handleAlertKey } from './bulletins/http/alert-key.ts'
import { handleFeeds } from './bulletins/http/feeds.ts'
import { handleFonts } from './bulletins/http/fonts.ts'
import { handleBulletinImages, handlePublicImages } from './bulletins/http/images.ts'
import { handleBulletinPages } from './bulletins/http/pages.ts'
import { handleExerciseImages, handleShareImages } from './bulletins/http/share-images.ts'
import { citizenDoor } from './citizen-links/http/door.ts'
import { receiptDoor } from './deliveries/http.ts'
import { handleDisclosureExport } from './disclosures/http.ts'
import type { HttpDoor, OpenDoor, PageDoor, ProgramDoor } from './endpoints/request.ts'
import { handleSecurityText } from './endpoints/security-text.ts'
import { handleBoardExports } from './insights/http.ts'
import { handleIssuedPages } from './insights/issued-http.ts'
import { open311Door } from './open311/http.ts'
import { handlePublishedPhotos } from './publication/http.ts'
import { handleCaseExports } from './reports/export-http.ts'
import { handlePhotos } from './reports/http.ts'
import { restDoor } from './rest/http.ts'

/** The HTTP endpoints of the domains besides the procedures, tried in this order. */
export const doors: readonly HttpDoor[] = [
  (request, response, context) => handlePhotos(request, response, context),
  (request, response, context) => handleBulletinImages(request, response, context),
  handleExerciseImages,
  handleIncidentExports,
  handleCaseExports,
  handleBulkFailures,
  handleDisclosureExport,
  handleBoardExports,
  handleIssuedPages,
  handleMap,
  handleStreets,
]
/** The public endpoints, which need no sign-in. */
export const openDoors: readonly OpenDoor[] = [
  (request, response, visit) => handleSecurityText(request, response, visit),
  handleAlertKey,
  handleFeeds,
  handleFonts,
  (request, response, visit) => handlePublicImages(request, response, visit),
  (request, response, visit) => handlePublishedPhotos(request, response, visit),
  handleShareImages,
  handleBulletinPages,
]
/** Endpoints for programs of other systems, with a key instead of a sign-in. */
export const programDoors: readonly ProgramDoor[] = [open311Door(), restDoor(), receiptDoor]
/** Pages that citizens open by a link instead of a sign-in. */
export const pageDoors: readonly PageDoor[] = [citizenDoor()]
