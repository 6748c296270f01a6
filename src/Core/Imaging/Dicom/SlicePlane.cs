namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>
/// One slice of a series: a single-frame object, or a frame of an enhanced multi-frame one (PS3.3 section C.7.6.16).
/// </summary>
/// <param name="Frame">Frame of the object, from 0.</param>
/// <param name="Origin">Centre of the first pixel, LPS mm.</param>
/// <param name="AxisI">Unit direction of a row (increasing column); <paramref name="AxisJ"/> that of a column, at right angles.</param>
/// <param name="SpacingI">Millimetres between columns; <paramref name="SpacingJ"/> between rows.</param>
/// <param name="Slope">Modality value = slope × stored + intercept; 1 and 0 where absent.</param>
/// <param name="Group">Stack and temporal position of an enhanced frame; empty otherwise.</param>
internal sealed record SlicePlane(
    DicomInstance Instance, int Frame, PixelFormat Format, Point3 Origin, Point3 AxisI, Point3 AxisJ,
    double SpacingI, double SpacingJ, double Slope, double Intercept, double? Thickness, double? Between, (string Stack, string Time) Group)
{
    /// <summary>Direction cosines may be this far from unit length and from a right angle: they are decimal strings.</summary>
    private const double CosineTolerance = 1e-3;

    public string Name => Format.Frames > 1 ? $"{Instance.Source.Name} frame {Frame + 1}" : Instance.Source.Name;

    /// <summary>All slices of an object, in the order of its frames.</summary>
    public static IEnumerable<SlicePlane> Of(DicomInstance instance)
    {
        var data = instance.Dataset;
        var format = PixelFormat.Of(data);
        format.EnsureBacked(instance.Header);
        var shared = data.GetSequence(DicomTags.SharedFunctionalGroupsSequence);
        var perFrame = data.GetSequence(DicomTags.PerFrameFunctionalGroupsSequence);
        if (shared.Count == 0 && perFrame.Count == 0)
        {
            if (format.Frames > 1)
                throw new BadInputException("series.no-position",
                    $"{instance.Source.Name} has {format.Frames} frames and no functional groups that say where they lie; convert it to an enhanced multi-frame or single-frame object.",
                    instance.Source.Name);
            yield return Plane(instance, format, 0, [data], [data], [data], [data], ("", ""));
            yield break;
        }
        if (perFrame.Count != format.Frames)
            throw DicomErrors.Value(instance.Source.Name, DicomTags.PerFrameFunctionalGroupsSequence,
                $"has {perFrame.Count} items for {format.Frames} frames");
        for (var frame = 0; frame < format.Frames; frame++)
        {
            var groups = perFrame[frame];
            var content = First([groups], DicomTags.FrameContentSequence);
            var stack = content.Count > 0 ? content[0].GetString(DicomTags.StackId) : null;
            var time = content.Count > 0 ? content[0].GetString(DicomTags.TemporalPositionIndex) : null;
            IReadOnlyList<DicomDataset> sources = shared.Count > 0 ? [groups, shared[0]] : [groups];
            var rescale = First(sources, DicomTags.PixelValueTransformationSequence);
            yield return Plane(instance, format, frame,
                First(sources, DicomTags.PlanePositionSequence), First(sources, DicomTags.PlaneOrientationSequence),
                First(sources, DicomTags.PixelMeasuresSequence), rescale.Count > 0 ? rescale : [data], (stack ?? "", time ?? ""));
        }
    }

    /// <summary>Refuses a slope and intercept that make every value one, or any not finite.</summary>
    public void EnsureFiniteRescale()
    {
        var largest = Math.Abs(Slope) * Math.Pow(2, Format.BitsStored);
        if (Slope == 0 || !double.IsFinite(largest + Math.Abs(Intercept)))
            throw DicomErrors.Value(Instance.Source.Name, DicomTags.RescaleSlope, "is 0 or gives values that are not finite");
    }

    private static SlicePlane Plane(
        DicomInstance instance, PixelFormat format, int frame,
        IReadOnlyList<DicomDataset> position, IReadOnlyList<DicomDataset> orientation, IReadOnlyList<DicomDataset> measures,
        IReadOnlyList<DicomDataset> rescale, (string, string) group)
    {
        var file = instance.Source.Name;
        var p = Numbers(position, DicomTags.ImagePositionPatient, 3, file);
        var o = Numbers(orientation, DicomTags.ImageOrientationPatient, 6, file);
        var spacing = Numbers(measures, DicomTags.PixelSpacing, 2, file);
        if (spacing[0] <= 0 || spacing[1] <= 0)
            throw DicomErrors.Value(file, DicomTags.PixelSpacing, "is not positive");
        Point3 i = new(o[0], o[1], o[2]), j = new(o[3], o[4], o[5]);
        if (Math.Abs(i.Length - 1) > CosineTolerance || Math.Abs(j.Length - 1) > CosineTolerance || Math.Abs(i.Dot(j)) > CosineTolerance)
            throw new BadInputException("series.orientation",
                $"{file}: {DicomTags.ImageOrientationPatient} is not two unit vectors at a right angle.", file);
        i *= 1 / i.Length;
        j -= i * i.Dot(j);
        j *= 1 / j.Length;
        return new(instance, frame, format, new(p[0], p[1], p[2]), i, j, spacing[1], spacing[0],
            rescale[0].GetDouble(DicomTags.RescaleSlope) ?? 1, rescale[0].GetDouble(DicomTags.RescaleIntercept) ?? 0,
            measures[0].GetDouble(DicomTags.SliceThickness), measures[0].GetDouble(DicomTags.SpacingBetweenSlices), group);
    }

    private static IReadOnlyList<DicomDataset> First(IReadOnlyList<DicomDataset> sources, DicomTag macro)
    {
        foreach (var source in sources)
        {
            var found = source.GetSequence(macro);
            if (found.Count > 0)
                return found;
        }
        return [];
    }

    private static IReadOnlyList<double> Numbers(IReadOnlyList<DicomDataset> sources, DicomTag tag, int count, string file)
    {
        var values = sources.Count > 0 ? sources[0].GetDoubles(tag) : [];
        if (values.Count == 0)
            throw new BadInputException("series.no-position",
                $"{file} has no {tag}, so its place in the patient is unknown; slices are never placed by file name or number.", file);
        return values.Count == count ? values : throw DicomErrors.Value(file, tag, $"has {values.Count} values, not {count}");
    }
}
