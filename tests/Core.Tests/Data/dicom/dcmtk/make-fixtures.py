"""Makes the small synthetic images that dcmtk then writes in every syntax that the reader knows:

    python3 make-fixtures.py
    for b in u16 u12; do for s in 1 2 3 4 5 6 7; do dcmcjpeg +el +sv $s $b.dcm $b-sv$s.dcm; done; done
    for b in s16 u8; do dcmcjpeg +e1 $b.dcm $b-jpeg.dcm; done
    for b in u16 s16 u12 u8; do dcmcrle $b.dcm $b-rle.dcm; dcmconv +tb $b.dcm $b-be.dcm; dcmconv +ti $b.dcm $b-implicit.dcm; done
    dcmconv +td u16.dcm u16-deflated.dcm

pixels.csv has the SHA-256 of the stored values as little-endian int32, by pydicom.
"""
import hashlib
import numpy as np, pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

rng = np.random.default_rng(7)


def make(name,bits,signed,rows=20,cols=30):
    x=np.add.outer(np.arange(rows),np.arange(cols))*(2**bits/60)
    v=x+rng.normal(0,2**bits/200,x.shape)
    v[5:9,5:20]=x[3,3]
    lo,hi=(-(2**(bits-1)),2**(bits-1)-1) if signed else (0,2**bits-1)
    v=np.clip(np.round(v-(2**(bits-1) if signed else 0)),lo,hi)
    ds=Dataset(); ds.file_meta=FileMetaDataset(); ds.file_meta.TransferSyntaxUID=ExplicitVRLittleEndian
    ds.file_meta.MediaStorageSOPClassUID='1.2.840.10008.5.1.4.1.1.4'; ds.file_meta.MediaStorageSOPInstanceUID='1.2.3.4'
    ds.SOPClassUID='1.2.840.10008.5.1.4.1.1.4'; ds.SOPInstanceUID='1.2.3.4'; ds.Modality='MR'; ds.PatientID='MADE-UP'; ds.PatientName='Nobody'
    ds.StudyInstanceUID='1.2.3'; ds.SeriesInstanceUID='1.2.3.1'; ds.SeriesDescription=name
    ds.ImagePositionPatient=[0,0,0]; ds.ImageOrientationPatient=[1,0,0,0,1,0]; ds.PixelSpacing=[1,1]; ds.SliceThickness=1
    ds.SamplesPerPixel=1; ds.PhotometricInterpretation='MONOCHROME2'; ds.Rows=rows; ds.Columns=cols
    al=8 if bits==8 else 16
    ds.BitsAllocated=al; ds.BitsStored=bits; ds.HighBit=bits-1; ds.PixelRepresentation=int(signed)
    ds.PixelData=v.astype(('i' if signed else 'u')+str(al//8)).tobytes()
    ds['PixelData'].VR='OB' if al==8 else 'OW'
    ds.is_little_endian=True; ds.is_implicit_VR=False
    pydicom.dcmwrite(name+'.dcm',ds,write_like_original=False)
make('u16',16,False); make('s16',16,True); make('u12',12,False); make('u8',8,False)
