import { router, staffProcedure } from '#server/procedures/init.ts'
import { putPhotoBack } from '../commands/put-photo-back.ts'
import { undoChange } from '../commands/undo-change.ts'
import { changeInput, namedPhotoInput } from '../rules/schemas.ts'

const handling = staffProcedure('reports.handle')

/** Undo of a field that was just set, identified by the version that it made, and of a photo that was just removed. */
export const undoRouter = router({
  field: handling.input(changeInput).mutation(({ ctx, input }) => undoChange(ctx, input)),
  photo: handling.input(namedPhotoInput).mutation(({ ctx, input }) => putPhotoBack(ctx, input)),
})
