namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>A series as a volume.</summary>
/// <param name="SopInstanceUidPerSlice">Of the object that slice k came from, k = 0 …; repeated for the frames of one object.</param>
/// <param name="FramePerSlice">Frame number within that object, from 1 as DICOM counts them.</param>
/// <param name="Warnings">Findings that do not forbid the analysis, one sentence each.</param>
public sealed record SeriesVolume(
    Volume Volume, IReadOnlyList<string> SopInstanceUidPerSlice, IReadOnlyList<int> FramePerSlice, IReadOnlyList<string> Warnings);

/// <summary>
/// Series to volume. Slices are placed by Image Position and Orientation (Patient) alone. Values are slope × stored + intercept,
/// per slice; CT in Hounsfield units, PET in SUV by body weight (<see cref="SuvConversion"/>), all else as it is. Real-world value
/// mappings and pixel padding are not used. The limits on gaps and tilt are those of <see cref="SliceStack"/>; no setting changes
/// them. All errors are <see cref="BadInputException"/>.
/// </summary>
public static class SeriesVolumeReader
{
    /// <summary>The grid, from headers alone: the same as that of <see cref="Read"/>, and the same errors but for those of pixels.</summary>
    public static GridGeometry Geometry(DicomSeries series) => Stack(series).Grid;

    /// <summary>Whether headers forbid reading the volume: the errors of <see cref="Read"/> but for those of pixels, and its warnings.</summary>
    public static IReadOnlyList<string> Check(DicomSeries series)
    {
        var stack = Stack(series);
        var warnings = new List<string>(stack.Warnings);
        foreach (var header in stack.Slices.Select(s => s.Instance.Header))
        {
            if (header.Syntax.Codec == PixelCodec.Unsupported)
                throw header.Syntax.NotReadable(header.Name);
        }
        Scale(series, stack.Slices, warnings);
        return warnings;
    }

    public static SeriesVolume Read(DicomSeries series, CancellationToken cancel)
    {
        var stack = Stack(series);
        var warnings = new List<string>(stack.Warnings);
        var (unit, factors) = Scale(series, stack.Slices, warnings);
        var samples = stack.Slices[0].Format.Samples;
        var values = new double[stack.Grid.VoxelCount];
        var stored = new int[samples];
        foreach (var group in stack.Slices.Select((slice, k) => (slice, k)).GroupBy(s => s.slice.Instance))
        {
            cancel.ThrowIfCancellationRequested();
            var pixels = new DicomPixelReader(DicomFile.Read(group.Key.Source, withPixelData: true));
            foreach (var (slice, k) in group)
            {
                pixels.ReadFrame(slice.Frame, stored);
                var target = values.AsSpan(k * samples, samples);
                // SUV is a factor on the rescaled value, so the modality value is exact first.
                for (var i = 0; i < samples; i++)
                    target[i] = ((stored[i] * slice.Slope) + slice.Intercept) * factors[k];
            }
        }
        return new(
            new Volume(stack.Grid, values, unit),
            [.. stack.Slices.Select(s => s.Instance.SopInstanceUid)], [.. stack.Slices.Select(s => s.Frame + 1)], warnings);
    }

    private static SliceStack Stack(DicomSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Broken.Count > 0)
            throw new BadInputException("series.broken-file",
                $"Series {series.SeriesInstanceUid} may lack a slice, because a file that belongs or may belong to it cannot be read: {series.Broken[0].Reason}",
                series.Broken[0].Name);
        if (series.Instances.Count == 0)
            throw new BadInputException("series.empty", $"Series {series.SeriesInstanceUid} has no image.", series.SeriesInstanceUid);
        return SliceStack.Order([.. series.Instances.SelectMany(SlicePlane.Of)], series.SeriesInstanceUid);
    }

    private static (IntensityUnit Unit, double[] Factors) Scale(
        DicomSeries series, IReadOnlyList<SlicePlane> slices, List<string> warnings)
    {
        foreach (var slice in slices)
            slice.EnsureFiniteRescale();
        if (series.Modality == "PT")
            return (IntensityUnit.SuvBodyWeight, SuvConversion.Factors(slices, warnings));
        var ones = new double[slices.Count];
        Array.Fill(ones, 1.0);
        return (series.Modality == "CT" ? IntensityUnit.Hounsfield : IntensityUnit.Arbitrary, ones);
    }
}
