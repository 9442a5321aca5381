import { z } from 'zod'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { addCategory, addCategoryGroup } from './commands/add-category.ts'
import { changeCategory, changeCategoryGroup } from './commands/change-category.ts'
import { activeCategories, categoryNames, categoryTree, suggestedAgency } from './queries.ts'
import {
  addCategoryGroupInput,
  addCategoryInput,
  changeCategoryGroupInput,
  changeCategoryInput,
} from './rules/schemas.ts'

const place = z.object({ categoryCode: z.string().min(1), areaId: z.number().int().nullable() })
const editing = staffProcedure('categories.edit')

export const categoriesRouter = router({
  active: staffProcedure('session.own').query(({ ctx }) => activeCategories(ctx.db)),
  names: staffProcedure('session.own').query(({ ctx }) => categoryNames(ctx.db)),
  suggestedAgency: staffProcedure('reports.handle')
    .input(place)
    .query(({ ctx, input }) => suggestedAgency(ctx.db, input, ctx.now())),
  tree: editing.query(({ ctx }) => categoryTree(ctx.db)),
  add: editing.input(addCategoryInput).mutation(({ ctx, input }) => addCategory(ctx, input)),
  addGroup: editing.input(addCategoryGroupInput).mutation(({ ctx, input }) => addCategoryGroup(ctx, input)),
  change: editing.input(changeCategoryInput).mutation(({ ctx, input }) => changeCategory(ctx, input)),
  changeGroup: editing.input(changeCategoryGroupInput).mutation(({ ctx, input }) => changeCategoryGroup(ctx, input)),
})
