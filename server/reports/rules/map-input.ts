import { z } from 'zod'
import { queuePageInput, queueSchema } from './queue-input.ts'

/** A part of the map, in degrees. */
const boxSchema = z
  .object({
    west: z.number().min(-180).max(180),
    south: z.number().min(-90).max(90),
    east: z.number().min(-180).max(180),
    north: z.number().min(-90).max(90),
  })
  .refine(({ west, south, east, north }) => west < east && south < north, 'range')
export type Box = z.output<typeof boxSchema>

export const mapViewInput = z.object({ queue: queueSchema, box: boxSchema, zoom: z.number().min(0).max(22) })
export const mapListInput = queuePageInput.extend({ box: boxSchema })
