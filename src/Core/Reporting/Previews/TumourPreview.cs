using System.Globalization;
using System.Text;
using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Reporting.Previews;

/// <summary>
/// A small picture of one tumour for quality control: the slice with the largest area of the ROI, cropped around the ROI, with the
/// ROI's outline.
/// </summary>
/// <param name="Png">8-bit grayscale PNG.</param>
/// <param name="Outline">SVG path of the ROI's voxel edges, in pixels of the picture.</param>
/// <param name="Slice">Index of the slice along k, from 0; <paramref name="Slices"/> is their number.</param>
/// <param name="WindowLow">Intensity shown black (white for PET, which is shown inverted); likewise <paramref name="WindowHigh"/>.</param>
public sealed record TumourPreview(
    int Width, int Height, byte[] Png, string Outline, int Slice, int Slices, double WindowLow, double WindowHigh, int RoiVoxels)
{
    /// <summary>Longest side of the picture in pixels.</summary>
    public const int LongestSide = 160;

    /// <summary>
    /// Makes the preview of the image as imported, before any resampling. The mask must not be empty and shares the image's grid. Voxels
    /// without a finite intensity are as dark as the lowest (for PET: as bright).
    /// </summary>
    public static TumourPreview Render(Volume image, Mask mask)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        var grid = image.Grid;
        var (slice, box, voxels) = LargestSlice(mask);
        var margin = Math.Max(4, (int)(0.35 * Math.Max(box.MaxI - box.MinI + 1, box.MaxJ - box.MinJ + 1)));
        var minI = Math.Max(0, box.MinI - margin);
        var maxI = Math.Min(grid.CountI - 1, box.MaxI + margin);
        var minJ = Math.Max(0, box.MinJ - margin);
        var maxJ = Math.Min(grid.CountJ - 1, box.MaxJ + margin);

        var millimetresI = (maxI - minI + 1) * grid.SpacingI;
        var millimetresJ = (maxJ - minJ + 1) * grid.SpacingJ;
        var pixelsPerMillimetre = LongestSide / Math.Max(millimetresI, millimetresJ);
        var width = Math.Clamp((int)Math.Round(millimetresI * pixelsPerMillimetre), 1, LongestSide);
        var height = Math.Clamp((int)Math.Round(millimetresJ * pixelsPerMillimetre), 1, LongestSide);
        var (low, high) = Window(image, slice, minI, maxI, minJ, maxJ);

        var pixels = new byte[width * height];
        var scaleI = (maxI - minI + 1) / (double)width;
        var scaleJ = (maxJ - minJ + 1) / (double)height;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var value = Bilinear(image, minI - 0.5 + ((x + 0.5) * scaleI), minJ - 0.5 + ((y + 0.5) * scaleJ), slice);
                var shade = !double.IsFinite(value) ? 0 : high > low ? Shade(value, low, high) : 0.5;
                if (image.Unit == IntensityUnit.SuvBodyWeight)
                    shade = 1 - shade;
                pixels[(y * width) + x] = (byte)Math.Round(255 * shade);
            }
        }
        var outline = TraceOutline(mask, slice, box, minI, minJ, 1 / scaleI, 1 / scaleJ);
        return new(width, height, GrayscalePng.Encode(pixels, width, height), outline, slice, grid.CountK, low, high, voxels);
    }

    private static (int Slice, (int MinI, int MaxI, int MinJ, int MaxJ) Box, int Voxels) LargestSlice(Mask mask)
    {
        var grid = mask.Grid;
        var best = -1;
        var bestCount = 0;
        var total = 0;
        for (var k = 0; k < grid.CountK; k++)
        {
            var count = 0;
            foreach (var value in mask.Values.AsSpan(grid.Index(0, 0, k), grid.CountI * grid.CountJ))
                count += value != 0 ? 1 : 0;
            total += count;
            if (count > bestCount)
                (best, bestCount) = (k, count);
        }
        if (best < 0)
            throw new ArgumentException("The mask is empty.", nameof(mask));

        var (minI, maxI, minJ, maxJ) = (int.MaxValue, -1, int.MaxValue, -1);
        for (var j = 0; j < grid.CountJ; j++)
        {
            for (var i = 0; i < grid.CountI; i++)
            {
                if (!mask[i, j, best])
                    continue;
                (minI, maxI) = (Math.Min(minI, i), Math.Max(maxI, i));
                (minJ, maxJ) = (Math.Min(minJ, j), Math.Max(maxJ, j));
            }
        }
        return (best, (minI, maxI, minJ, maxJ), total);
    }

    /// <summary>The halves first: the width of a window of huge values would be infinite.</summary>
    private static double Shade(double value, double low, double high) =>
        Math.Clamp(((value / 2) - (low / 2)) / ((high / 2) - (low / 2)), 0, 1);

    /// <summary>The central 98 % of the finite intensities in view; PET always starts at 0. Nothing finite gives 0 and 0.</summary>
    private static (double Low, double High) Window(Volume image, int slice, int minI, int maxI, int minJ, int maxJ)
    {
        var values = new List<double>((maxI - minI + 1) * (maxJ - minJ + 1));
        for (var j = minJ; j <= maxJ; j++)
        {
            for (var i = minI; i <= maxI; i++)
            {
                if (double.IsFinite(image[i, j, slice]))
                    values.Add(image[i, j, slice]);
            }
        }
        if (values.Count == 0)
            return (0, 0);
        values.Sort();
        var low = image.Unit == IntensityUnit.SuvBodyWeight ? 0 : values[(int)(0.01 * (values.Count - 1))];
        return (low, values[(int)(0.99 * (values.Count - 1))]);
    }

    private static double Bilinear(Volume image, double i, double j, int k)
    {
        i = Math.Clamp(i, 0, image.Grid.CountI - 1);
        j = Math.Clamp(j, 0, image.Grid.CountJ - 1);
        var (i0, j0) = ((int)i, (int)j);
        var (i1, j1) = (Math.Min(i0 + 1, image.Grid.CountI - 1), Math.Min(j0 + 1, image.Grid.CountJ - 1));
        var (u, v) = (i - i0, j - j0);
        return ((1 - v) * (((1 - u) * image[i0, j0, k]) + (u * image[i1, j0, k])))
            + (v * (((1 - u) * image[i0, j1, k]) + (u * image[i1, j1, k])));
    }

    /// <summary>Every edge between a voxel inside and one outside, joined into runs along i and along j.</summary>
    private static string TraceOutline(
        Mask mask, int slice, (int MinI, int MaxI, int MinJ, int MaxJ) box, int originI, int originJ, double scaleI, double scaleJ)
    {
        var path = new StringBuilder();
        bool Inside(int i, int j) =>
            i >= 0 && j >= 0 && i < mask.Grid.CountI && j < mask.Grid.CountJ && mask[i, j, slice];
        void Line(char direction, double i, double j, double to) => path.Append(
            CultureInfo.InvariantCulture, $"M{Pixel(i, originI, scaleI)} {Pixel(j, originJ, scaleJ)}{direction}{Pixel(to, direction == 'H' ? originI : originJ, direction == 'H' ? scaleI : scaleJ)}");

        for (var j = box.MinJ; j <= box.MaxJ + 1; j++)
        {
            for (var i = box.MinI; i <= box.MaxI; i++)
            {
                if (Inside(i, j) == Inside(i, j - 1))
                    continue;
                var from = i;
                while (i + 1 <= box.MaxI && Inside(i + 1, j) != Inside(i + 1, j - 1))
                    i++;
                Line('H', from, j, i + 1);
            }
        }
        for (var i = box.MinI; i <= box.MaxI + 1; i++)
        {
            for (var j = box.MinJ; j <= box.MaxJ; j++)
            {
                if (Inside(i, j) == Inside(i - 1, j))
                    continue;
                var from = j;
                while (j + 1 <= box.MaxJ && Inside(i, j + 1) != Inside(i - 1, j + 1))
                    j++;
                Line('V', i, from, j + 1);
            }
        }
        return path.ToString();
    }

    private static string Pixel(double edge, int origin, double scale) =>
        Math.Round((edge - origin) * scale, 1).ToString(CultureInfo.InvariantCulture);
}
