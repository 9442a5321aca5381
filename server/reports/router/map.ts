import { staffProcedure } from '#server/procedures/init.ts'
import { mapList, mapSummary, mapView } from '../queries/map.ts'
import { mapListInput, mapViewInput } from '../rules/map-input.ts'
import { queueSchema } from '../rules/queue-input.ts'

const reading = staffProcedure('reports.read')

/** The list on the map: its clusters within a part of it, the rows of that part, and all of it by communes. */
export const mapProcedures = {
  mapView: reading.input(mapViewInput).query(({ ctx, input }) => mapView(ctx, input)),
  mapList: reading.input(mapListInput).query(({ ctx, input }) => mapList(ctx, input)),
  mapSummary: reading.input(queueSchema).query(({ ctx, input }) => mapSummary(ctx, input)),
}
