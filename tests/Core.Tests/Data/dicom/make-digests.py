"""What pydicom reads in every DICOM file of the reference data, as one digest a series.

    python3 make-digests.py <reference data> > reference-digests.csv

Columns: source (a folder or archive of the reference data), series UID, files, digest. The digest is the SHA-256 of one line a
file, in the ordinal order of the SOP instance UIDs:

    sop|rows|columns|position|slope|intercept|pixels|elements

Numbers are the 16 hex digits of a big-endian IEEE double, joined by commas; absent is '-'; slope and intercept are 1 and 0 where
absent. 'pixels' is the SHA-256 of the stored values as little-endian int32. 'elements' is the SHA-256 of a dump of the data set but
for its pixel data, in tag order, one line each, '(gggg,eeee):' and then
    n and numbers     for the attributes in TYPED with a numeric representation,
    s and strings     for those with a text one, decoded, trimmed of spaces and NUL, joined by a backslash,
    ( items )         for sequences in TYPED and all of undefined length, each item between [ and ] on lines of their own,
    x and hex digits  the raw value of everything else.
"""
import hashlib
import io
import os
import struct
import sys
import zipfile

import numpy
import pydicom
from pydicom.dataelem import RawDataElement
from pydicom.datadict import tag_for_keyword

TYPED = {tag_for_keyword(k): v for v, ks in {
    "s": "SpecificCharacterSet ImageType SOPClassUID SOPInstanceUID StudyDate SeriesDate AcquisitionDate ContentDate StudyTime "
         "SeriesTime AcquisitionTime ContentTime Modality Manufacturer StudyDescription SeriesDescription "
         "ReferencedSOPClassUID ReferencedSOPInstanceUID PatientName PatientID PatientSex RadiopharmaceuticalStartTime "
         "StudyInstanceUID SeriesInstanceUID FrameOfReferenceUID PhotometricInterpretation CorrectedImage Units SUVType "
         "DecayCorrection StructureSetLabel ReferencedFrameOfReferenceUID ROIName ContourGeometricType",
    "n": "PatientSize PatientWeight SliceThickness SpacingBetweenSlices RadionuclideTotalDose RadionuclideHalfLife "
         "ActualFrameDuration SeriesNumber AcquisitionNumber InstanceNumber ImagePositionPatient ImageOrientationPatient "
         "SamplesPerPixel NumberOfFrames Rows Columns PixelSpacing BitsAllocated BitsStored HighBit PixelRepresentation "
         "RescaleIntercept RescaleSlope FrameReferenceTime ROINumber NumberOfContourPoints ContourData ReferencedROINumber",
    "(": "ReferencedStudySequence ReferencedSeriesSequence ReferencedImageSequence SourceImageSequence "
         "RadiopharmaceuticalInformationSequence ReferencedFrameOfReferenceSequence RTReferencedStudySequence "
         "RTReferencedSeriesSequence ContourImageSequence StructureSetROISequence ROIContourSequence ContourSequence",
}.items() for k in ks.split()}


def several(value):
    if value is None or (isinstance(value, (str, bytes)) and not value):
        return []
    return list(value) if isinstance(value, (list, tuple, pydicom.multival.MultiValue)) else [value]


def number(value):
    return struct.pack(">d", float(value)).hex()


def numbers(value):
    return ",".join(number(v) for v in several(value)) or "-"


def dump(dataset, out):
    for tag in sorted(dataset.keys()):
        if tag == 0x7FE00010:
            continue
        raw = dataset.get_item(tag)
        kind = TYPED.get(int(tag), "x")
        out.append(f"({tag.group:04x},{tag.element:04x}):")
        if kind == "(" or (not isinstance(raw, RawDataElement) and raw.VR == "SQ"):
            out.append("(\n")
            for item in dataset[tag].value or []:
                out.append("[\n")
                dump(item, out)
                out.append("]\n")
            out.append(")")
        elif kind == "n":
            out.append("n" + numbers(dataset[tag].value))
        elif kind == "s":
            out.append("s" + "\\".join(str(v).strip(" \0") for v in several(dataset[tag].value)))
        else:
            out.append("x" + (raw.value or b"").hex())
        out.append("\n")


def line(content):
    dataset = pydicom.dcmread(io.BytesIO(content))
    out = []
    dump(dataset, out)
    pixels = "-"
    if "PixelData" in dataset:
        pixels = hashlib.sha256(dataset.pixel_array.astype("<i4").tobytes()).hexdigest()
    fields = [dataset.SOPInstanceUID, numbers(dataset.get("Rows")), numbers(dataset.get("Columns")),
              numbers(dataset.get("ImagePositionPatient")), number(dataset.get("RescaleSlope", 1)),
              number(dataset.get("RescaleIntercept", 0)), pixels, hashlib.sha256("".join(out).encode()).hexdigest()]
    return dataset.SeriesInstanceUID, "|".join(fields)


def contents(path):
    if path.endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if not name.endswith("/"):
                    yield archive.read(name)
        return
    for folder, _, names in os.walk(path):
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                yield file.read()


def main(root):
    sources = ["ibsi1/ct-phantom/dicom"]
    sources += sorted("sts/imaging/" + n for n in os.listdir(os.path.join(root, "sts/imaging")) if n.endswith(".zip"))
    print("source,series_uid,files,digest")
    for source in sources:
        series = {}
        for content in contents(os.path.join(root, source)):
            if content[128:132] == b"DICM":
                uid, text = line(content)
                series.setdefault(uid, []).append(text)
        for uid in sorted(series):
            digest = hashlib.sha256("".join(t + "\n" for t in sorted(series[uid])).encode()).hexdigest()
            print(f"{source},{uid},{len(series[uid])},{digest}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
