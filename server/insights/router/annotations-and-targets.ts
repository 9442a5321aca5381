import { staffProcedure } from '#server/procedures/init.ts'
import { removeAnnotation, saveAnnotation } from '../commands/save-annotation.ts'
import { removeTarget, saveTarget } from '../commands/save-target.ts'
import { listAnnotations } from '../queries/annotations.ts'
import { listTargets } from '../queries/targets.ts'
import { removeAnnotationInput, saveAnnotationInput } from '../rules/annotation.ts'
import { removeTargetInput, saveTargetInput } from '../rules/target.ts'

const annotating = staffProcedure('insights.annotate')
const targeting = staffProcedure('insights.targets')

/** What people add to the figures: annotations of the time charts, and targets. */
export const annotationAndTargetProcedures = {
  annotations: staffProcedure('insights.read').query(({ ctx }) => listAnnotations(ctx)),
  saveAnnotation: annotating.input(saveAnnotationInput).mutation(({ ctx, input }) => saveAnnotation(ctx, input)),
  removeAnnotation: annotating.input(removeAnnotationInput).mutation(({ ctx, input }) => removeAnnotation(ctx, input)),
  targets: targeting.query(({ ctx }) => listTargets(ctx)),
  saveTarget: targeting.input(saveTargetInput).mutation(({ ctx, input }) => saveTarget(ctx, input)),
  removeTarget: targeting.input(removeTargetInput).mutation(({ ctx, input }) => removeTarget(ctx, input)),
}
