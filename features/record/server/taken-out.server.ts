/** What is taken out of the record, and how it is checked: read by whoever does one of both. */
export { exportZip, takesAudit, type ExportNeeds } from './export.server.ts';
export { checkSignature, sourceOf } from './shore.server.ts';
export { stamperAt } from './stamper.server.ts';
export { zip, type ZipPart } from './zip.server.ts';
