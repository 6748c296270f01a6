namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>What a reader does at the pixel data of a file.</summary>
internal enum PixelReading
{
    /// <summary>Ends there: everything that the pipeline needs stands before.</summary>
    Stop,

    /// <summary>Passes over it, to see what stands behind.</summary>
    Skip,

    Keep,
}
