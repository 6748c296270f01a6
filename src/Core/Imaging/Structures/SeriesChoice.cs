using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Imaging.Structures;

/// <summary>The one series that a selection means.</summary>
internal static class SeriesChoice
{
    /// <exception cref="BadInputException"><c>image.none</c>, <c>image.several</c>; both list the series that there are.</exception>
    public static DicomSeries Choose(ImageInventory inventory, ImageSelection selection)
    {
        var description = selection.Description is { } text ? new NamePattern(text) : null;
        var chosen = inventory.Series
            .Where(s => selection.Modality is null || string.Equals(s.Modality, selection.Modality, StringComparison.OrdinalIgnoreCase))
            .Where(s => description is null || description.Matches(s.Description ?? ""))
            .ToList();
        if (chosen.Count == 1)
            return chosen[0];
        var wanted = (selection.Modality is null ? "image series" : $"series of modality {selection.Modality}")
            + (description is null ? "" : $" described as {description}");
        if (chosen.Count == 0)
        {
            var broken = inventory.Unreadable.Count > 0 ? $" {inventory.Unreadable[0].Reason}" : "";
            throw new BadInputException("image.none",
                $"There is no {wanted}; "
                + $"{(inventory.Series.Count > 0 ? $"there are {List(inventory.Series)}" : "there is none at all")}.{broken}");
        }
        throw new BadInputException(
            "image.several",
            $"There are {chosen.Count} {wanted}: {List(chosen)}; name one by {(selection.Modality is null ? "its modality or series description" : "its series description")}.");
    }

    private static string List(IReadOnlyList<DicomSeries> series) => Listing.Of(
        [.. series.Select(s => $"{s.Modality} '{s.Description}' ({s.Instances.Count} {(s.Instances.Count == 1 ? "file" : "files")})")]);
}
