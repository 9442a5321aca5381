import { z } from 'zod'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { addIncidentNote } from './commands/add-incident-note.ts'
import { changeIncident } from './commands/change-incident.ts'
import { reopenIncident } from './commands/close-incident.ts'
import { createIncident } from './commands/create-incident.ts'
import { switchStormMode } from './commands/switch-storm-mode.ts'
import { activeStorms, incidentById, incidentChoices, listIncidents } from './queries.ts'
import {
  changeIncidentInput,
  createIncidentInput,
  incidentListInput,
  incidentNoteInput,
  reopenIncidentInput,
  switchStormModeInput,
} from './rules/schemas.ts'

const reading = staffProcedure('incidents.read')
const editing = staffProcedure('incidents.edit')

export const incidentsRouter = router({
  list: reading.input(incidentListInput).query(({ ctx, input }) => listIncidents(ctx.db, ctx.now(), input)),
  byId: reading.input(z.uuid()).query(({ ctx, input }) => incidentById(ctx.db, input, ctx.now())),
  choices: reading.query(({ ctx }) => incidentChoices(ctx.db, ctx.now())),
  activeStorms: staffProcedure('session.own').query(({ ctx }) => activeStorms(ctx.db, ctx.now())),
  create: editing.input(createIncidentInput).mutation(({ ctx, input }) => createIncident(ctx, input)),
  change: editing.input(changeIncidentInput).mutation(({ ctx, input }) => changeIncident(ctx, input)),
  reopen: editing.input(reopenIncidentInput).mutation(({ ctx, input }) => reopenIncident(ctx, input)),
  addNote: staffProcedure('incidents.note')
    .input(incidentNoteInput)
    .mutation(({ ctx, input }) => addIncidentNote(ctx, input)),
  switchStormMode: editing.input(switchStormModeInput).mutation(({ ctx, input }) => switchStormMode(ctx, input)),
})
