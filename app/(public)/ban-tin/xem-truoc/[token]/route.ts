import { previewRoute } from '../../../public-routes.tsx'

export const GET = previewRoute
