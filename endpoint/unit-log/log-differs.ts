/** What is stored is not the log that the endpoint's last checkpoint covers: somebody else wrote it, or it was damaged. */
export class LogDiffers extends Error {
  override readonly name = 'LogDiffers';
}
