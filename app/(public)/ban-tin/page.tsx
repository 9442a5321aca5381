import { listMetadata, listPage } from '../public-pages.tsx'

export const generateMetadata = listMetadata('vi')
export default listPage('vi')
