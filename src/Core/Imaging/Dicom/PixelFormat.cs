namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>
/// How the pixels of a grey-scale image are laid out (PS3.3 section C.7.6.3). Photometric Interpretation MONOCHROME1 says only
/// that the display is inverted: stored values go through rescale as those of MONOCHROME2, and no value is inverted here.
/// </summary>
/// <param name="BitsAllocated">1 (binary segments), 8, 16 or 32.</param>
internal sealed record PixelFormat(
    int Rows, int Columns, int Frames, int BitsAllocated, int BitsStored, int HighBit, bool Signed)
{
    public int Samples => Rows * Columns;

    public int BytesPerSample => BitsAllocated / 8;

    /// <summary>Bytes of one frame as native pixels; 0 for one-bit frames, which do not end on bytes.</summary>
    public long FrameBytes => (long)Samples * BytesPerSample;

    /// <summary>Bytes of all frames as native pixels.</summary>
    public long TotalBytes => BitsAllocated == 1
        ? (((long)Samples * Frames) + 7) / 8
        : FrameBytes > long.MaxValue / Frames ? long.MaxValue : FrameBytes * Frames;

    /// <exception cref="BadInputException"><c>dicom.pixels</c> or <c>dicom.value</c>, naming the tag.</exception>
    public static PixelFormat Of(DicomDataset dataset)
    {
        var file = dataset.File;
        var samples = dataset.GetInt(DicomTags.SamplesPerPixel) ?? 1;
        var photometric = dataset.GetString(DicomTags.PhotometricInterpretation) ?? "MONOCHROME2";
        if (samples != 1 || photometric is not ("MONOCHROME1" or "MONOCHROME2"))
            throw new BadInputException("dicom.pixels",
                $"{file} is a colour image ({DicomTags.PhotometricInterpretation} {photometric}, {samples} samples per pixel); only grey-scale images can be analysed.",
                file);
        var rows = Positive(dataset, DicomTags.Rows);
        var columns = Positive(dataset, DicomTags.Columns);
        if ((long)rows * columns > Array.MaxLength)
            throw DicomErrors.Value(file, DicomTags.Rows, $"times {DicomTags.Columns} is {(long)rows * columns} pixels, which is too many");
        var frames = dataset.GetInt(DicomTags.NumberOfFrames) ?? 1;
        if (frames < 1)
            throw DicomErrors.Value(file, DicomTags.NumberOfFrames, $"is {frames}; it must be at least 1");
        var allocated = Positive(dataset, DicomTags.BitsAllocated);
        if (allocated is not (1 or 8 or 16 or 32))
            throw DicomErrors.Value(file, DicomTags.BitsAllocated, $"is {allocated}; 1, 8, 16 and 32 are read");
        var stored = dataset.GetInt(DicomTags.BitsStored) ?? allocated;
        if (stored < 1 || stored > allocated)
            throw DicomErrors.Value(file, DicomTags.BitsStored, $"is {stored} of {allocated} bits allocated");
        var high = dataset.GetInt(DicomTags.HighBit) ?? stored - 1;
        if (high < stored - 1 || high >= allocated)
            throw DicomErrors.Value(file, DicomTags.HighBit, $"is {high} with {stored} bits stored of {allocated}");
        var representation = dataset.GetInt(DicomTags.PixelRepresentation) ?? 0;
        if (representation is not (0 or 1))
            throw DicomErrors.Value(file, DicomTags.PixelRepresentation, $"is {representation}; it must be 0 or 1");
        return new(rows, columns, frames, allocated, stored, high, representation == 1);
    }

    /// <summary>
    /// Refuses pixels that the file cannot hold before anything is allocated for them: native ones must be there to the byte,
    /// compressed ones must not claim more than the best compression of their kind could give.
    /// </summary>
    public void EnsureBacked(DicomFile file)
    {
        if (file.Pixels.Tag is not { } tag)
            throw new BadInputException("dicom.pixels", $"{file.Name} has no pixel data.", file.Name);
        if (tag != DicomTags.PixelData)
            throw new BadInputException("dicom.pixels", $"{file.Name} has floating-point pixel data {tag}, which is not read here.", file.Name);
        // RLE: two bytes give 128. JPEG lossless: every sample takes at least one bit. Deflate: no more than 1032 to 1.
        var most = file.Pixels.DeclaredLength is { } declared
            ? Math.Min(declared, file.Syntax.Deflated ? 1032 * file.Length : long.MaxValue)
            : file.Length * (file.Syntax.Codec == PixelCodec.JpegLossless ? 8 * Math.Max(1, BytesPerSample) : 64);
        if (TotalBytes > most)
            throw DicomErrors.Truncated(file.Name,
                $"{Frames} frame(s) of {Columns} x {Rows} pixels need {TotalBytes} bytes of pixel data, it has at most {most}");
    }

    private static int Positive(DicomDataset dataset, DicomTag tag)
    {
        var value = dataset.GetInt(tag) ?? throw DicomErrors.Value(dataset.File, tag, "is missing");
        return value > 0 ? value : throw DicomErrors.Value(dataset.File, tag, $"is {value}; it must be positive");
    }
}
