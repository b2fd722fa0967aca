/** Reads barcodes from the camera, where the browser can (Shape Detection API); elsewhere there is only typing. */
import { gtinProblem } from '../../shared/gtin.ts';

interface Detected {
  readonly rawValue: string;
}
interface Detector {
  detect(from: HTMLVideoElement): Promise<readonly Detected[]>;
}
type DetectorClass = new (options: { readonly formats: readonly string[] }) => Detector;

const FORMATS = ['ean_13', 'ean_8', 'upc_a', 'itf'] as const;
/** Often enough to feel at once, seldom enough for an old phone. */
const LOOK_EVERY_MILLIS = 250;

/** Not yet in TypeScript's own DOM types. */
const detectorClass = (): DetectorClass | undefined => (globalThis as { readonly BarcodeDetector?: DetectorClass }).BarcodeDetector;

export const canRead = (): boolean => detectorClass() !== undefined && 'mediaDevices' in navigator;

/**
 * Asks for the camera (so only after somebody tapped) and tells the first whole GTIN that it sees; then it stops by itself.
 * @throws DOMException when the person or the browser says no
 */
export async function watchCamera(video: HTMLVideoElement, onRead: (gtin: string) => void): Promise<() => void> {
  const Reader = detectorClass();
  if (Reader === undefined) throw new DOMException('this browser reads no barcodes', 'NotSupportedError');
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  video.srcObject = stream;
  await video.play();
  const detector = new Reader({ formats: FORMATS });
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  const isOn = () => stream.active;
  const look = async () => {
    if (!isOn()) return;
    const seen = await detector.detect(video).catch((): readonly Detected[] => []);
    const gtin = seen.map(({ rawValue }) => rawValue).find((text) => gtinProblem(text) === undefined);
    if (!isOn()) return;
    if (gtin === undefined) setTimeout(() => void look(), LOOK_EVERY_MILLIS);
    else {
      stop();
      onRead(gtin);
    }
  };
  void look();
  return stop;
}
