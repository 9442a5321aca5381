import { missingRoute } from '../../public-routes.tsx'

export const GET = missingRoute('vi')
